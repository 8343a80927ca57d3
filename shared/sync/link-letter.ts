import * as v from 'valibot';
import { BackpackError } from '../model/errors.ts';
import { parseJson } from '../model/json.ts';
import { maxMailboxBytes, maxUnlockers } from '../model/limits.ts';
import { failed, type Result } from '../model/result.ts';
import type { Device } from './commit.ts';
import { keyringShape } from './keyring.ts';
import { openBox, sealBox } from './sealed-box.ts';
import { hashShape, headShape, parseShape } from './shapes.ts';
import { unlockerShape } from './unlocker.ts';

const letterShape = v.strictObject({
  v: v.literal(1),
  account: hashShape,
  /** in clear inside the box: the root itself never travels */
  keyring: keyringShape,
  /** of the log, with the joining device enrolled: what it reads must pass through it */
  head: headShape,
  unlockers: v.pipe(v.array(unlockerShape), v.minLength(1), v.maxLength(maxUnlockers)),
});

/** What a device of the account tells one that joins by link (design §2). */
export type LinkLetter = v.InferOutput<typeof letterShape>;

/** Seals a letter to the joining device. Throws `too-large` when no mailbox would take it. */
export async function sealLetter(letter: LinkLetter, { box }: Device): Promise<string> {
  const content = parseJson(JSON.stringify(letter));
  if (!content.ok) throw content.error;
  const sealed = await sealBox(content.value, box);
  if (sealed.length > maxLetterLength) throw new BackpackError('too-large', { bytes: sealed.length });
  return sealed;
}

/** Opens a letter with the joining device's own secret. Errors: `link-refused`. */
export async function openLetter(sealed: string, secret: CryptoKey): Promise<Result<LinkLetter>> {
  const content = await openBox(sealed, secret, maxLetterLength);
  const letter = content.ok ? parseShape(letterShape, content.value, 'link-refused') : content;
  return letter.ok ? letter : failed(new BackpackError('link-refused'));
}

/** Room for the JSON around it. */
const maxLetterLength = maxMailboxBytes - 100;
