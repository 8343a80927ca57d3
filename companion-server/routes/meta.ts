import {
  maxAccountBytes,
  maxCommitRecords,
  maxPublishedDocumentBytes,
  maxPushBytes,
  maxRecordBytes,
} from '../../shared/model/limits.ts';
import { getMeta, headNonce, type MetaReply } from '../../shared/protocol/meta.ts';
import { json, nothing } from './answers.ts';
import { apiRoute } from './api-route.ts';

export const meta = apiRoute(getMeta, async (_, { publicOrigin, software }) =>
  json(200, {
    api: 'v1',
    software,
    origin: publicOrigin,
    registration: 'open',
    limits: {
      recordBytes: maxRecordBytes,
      commitRecords: maxCommitRecords,
      pushBytes: maxPushBytes,
      accountBytes: maxAccountBytes,
      publishedDocumentBytes: maxPublishedDocumentBytes,
    },
  } satisfies MetaReply),
);

/** The nonce is in the header that every answer of the contract carries. */
export const nonce = apiRoute(headNonce, async () => nothing);
