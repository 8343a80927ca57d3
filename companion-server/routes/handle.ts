import { deleteHandle, parseHandleRequest, putHandle } from '../../shared/protocol/handle.ts';
import { claimHandle, releaseHandle } from '../use-cases/hold-handle.ts';
import { json, nothing, refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';

export const handleClaim = apiRoute(putHandle, async ({ body, signer }, deps) => {
  const request = parseHandleRequest(body);
  const claimed = request.ok ? await claimHandle(signer().account, request.value, deps) : request;
  return claimed.ok ? json(201, claimed.value) : refusal(claimed.error);
});

export const handleRelease = apiRoute(deleteHandle, async ({ signer }, deps) => {
  const released = await releaseHandle(signer().account, deps);
  return released.ok ? nothing : refusal(released.error);
});
