import { parseUrl, type Url } from '../model/brands.ts';
import { base64UrlOf, sha256, utf8 } from '../model/bytes.ts';
import type { Random } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';
import type { Device } from './commit.ts';
import { kidOf } from './compact-jws.ts';
import { isBase64UrlOf, isBoxKey, isSigningKey } from './shapes.ts';

/** Name of a mailbox: 16 bytes, which only the two devices know. */
export type MailboxId = string & { readonly mailboxId: unique symbol };

/**
 * 32 random bytes that the joining browser keeps to itself until it has its answer. The name of the mailbox is a hash of
 * it: whoever exchanged texts on the way cannot choose his own so that the check numbers come out alike, because theirs
 * rest on what he learns too late.
 */
export type LinkSecret = string & { readonly linkSecret: unique symbol };

/** What a browser that wants to join shows to one that belongs to the backpack already (design §2). */
export type LinkOffer = { readonly server: Url; readonly mailbox: MailboxId; readonly device: Device };

const scheme = 'backpack-link:1';
/** Longest text that is read as an offer at all. */
export const maxLinkOfferLength = 1000;

/** A secret that nobody has heard of. */
export function newLinkSecret(random: Random): LinkSecret {
  return base64UrlOf(random(32)) as LinkSecret;
}

/** The mailbox where the answer is awaited. */
export async function mailboxOf(secret: LinkSecret): Promise<MailboxId> {
  return mailboxNamed(`backpack/1/link|${secret}`);
}

/** The mailbox where the joining browser shows its secret, once it has the answer. */
export async function secretMailboxOf(mailbox: MailboxId): Promise<MailboxId> {
  return mailboxNamed(`backpack/1/link-secret|${mailbox}`);
}

/** Reads the secret that an offer was made with; `undefined` for any other text. */
export async function parseLinkSecret(
  input: unknown,
  { mailbox }: LinkOffer,
): Promise<LinkSecret | undefined> {
  if (!isBase64UrlOf(input, 32)) return undefined;
  const secret = input as string as LinkSecret;
  return (await mailboxOf(secret)) === mailbox ? secret : undefined;
}

async function mailboxNamed(text: string): Promise<MailboxId> {
  return base64UrlOf((await sha256(utf8(text))).subarray(0, 16)) as MailboxId;
}

/** True for the name of a mailbox. */
export function isMailboxId(input: unknown): input is MailboxId {
  return isBase64UrlOf(input, 16);
}

/** The offer as text, the one form in which both devices count their check number. */
export function linkOfferText({ server, mailbox, device }: LinkOffer): string {
  const { origin } = new URL(server);
  return `${scheme}?s=${encodeURIComponent(origin)}&m=${mailbox}&k=${device.box}&d=${device.sign}`;
}

/**
 * Reads an offer that was pasted or scanned: exactly the members `s`, `m`, `k`, `d` in this order, as it is written.
 * Errors: `link-malformed`.
 */
export async function parseLinkOffer(pasted: string): Promise<Result<LinkOffer>> {
  // What people copy brings spaces and line breaks along; the text itself has none.
  const text = pasted.length > maxLinkOfferLength ? '' : pasted.replace(/\s+/g, '');
  const found = /^backpack-link:1\?s=([^&]+)&m=([^&]+)&k=([^&]+)&d=([^&]+)$/.exec(text);
  const [, server = '', mailbox, box, sign] = found ?? [];
  const origin = parseUrl(decoded(server));
  if (!origin.ok || !isMailboxId(mailbox) || !isBoxKey(box) || !isSigningKey(sign)) return malformed();
  const offer = { server: origin.value, mailbox, device: { kid: await kidOf(sign), sign, box } };
  return linkOfferText(offer) === text ? ok(offer) : malformed();
}

/**
 * The six digits that both devices show: SHA-256 over the offer, the answer to it and the offer's secret, the first four
 * bytes as a number. Where any of them was exchanged on the way the numbers differ.
 */
export async function checkNumberOf(offer: LinkOffer, box: string, secret: LinkSecret): Promise<string> {
  const digest = await sha256(utf8(`${linkOfferText(offer)}${box}${secret}`));
  const number = new DataView(digest.buffer, digest.byteOffset).getUint32(0) % 1_000_000;
  return String(number).padStart(6, '0');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function malformed(): Result<never> {
  return failed(new BackpackError('link-malformed'));
}
