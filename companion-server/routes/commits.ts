import { pushCommit as call, parsePushRequest } from '../../shared/protocol/commits.ts';
import { pushCommit } from '../use-cases/push-commit.ts';
import { json, refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';
import { commitsPerDevice } from './rates.ts';

export const commits = apiRoute(
  call,
  async ({ body, admitted }, deps) => {
    const request = parsePushRequest(body);
    const pushed = request.ok ? await pushCommit(admitted(), request.value, deps) : request;
    if (!pushed.ok) return refusal(pushed.error);
    return json(pushed.value.isNew ? 201 : 200, { head: pushed.value.head });
  },
  { rates: [commitsPerDevice], remembersItself: true },
);
