import { sayErrorInFull, type Words } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import type { BackpackError } from '../../shared/model/errors.ts';
import { checkEn } from '../messages/check-en.ts';
import { checkedView } from './checked-view.ts';
import { nameOf } from './subject.ts';
import type { Step } from './use-check.ts';

/** The one sentence that says how far a check has got. */
export function saidOf(step: Step, words: Words): string {
  const say = (sentence: string, facts: Readonly<Record<string, string | number>> = {}): string =>
    fill(sentence, { name: step.is === 'idle' ? '' : nameOf(step.subject), ...facts }, words.formats);
  switch (step.is) {
    case 'idle':
      return '';
    case 'reading':
    case 'checking':
      return say(checkEn[step.is]);
    case 'comparing':
      return say(checkEn.comparing, { done: step.done, of: step.of });
    case 'failed':
      return errorSaid(step.error, words);
    case 'checked': {
      const [first] = step.all.badges;
      return say(checkEn.done, { word: first === undefined ? '' : checkedView(first, words).verdict.word });
    }
    case 'profile':
      return say(step.profile.amiss.length === 0 ? checkEn.profileGood : checkEn.profileAmiss);
  }
}

/** What the extension says of its owner's server stands here for somebody else's page. */
function errorSaid(error: BackpackError, words: Words): string {
  switch (error.code) {
    case 'not-found':
    case 'profile-taken-down':
    case 'companion-unreachable':
    case 'manifest-refused':
    case 'document-differs':
    case 'too-large':
      return checkEn.errors[error.code];
    default:
      return sayErrorInFull(error, words);
  }
}
