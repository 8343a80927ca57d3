import { decodeDataUrl } from '../model/data-url.ts';
import type { Json } from '../model/json.ts';
import { parseOldTime } from '../model/old-time.ts';
import type { Weight } from './ob-2-classes.ts';
import { isAuthority, isWebAddress } from './values.ts';

/** What a value weighs where it stands: nothing, a slip that is said, or too much to read the object. */
export type Judgement = 'good' | Weight;

/**
 * The primitive values of 0.5, 1.0 and 1.1. They are looser than those of 2.0: forms that were in use and can only be
 * meant in one way are read, and said to be loose. Source: OB 0.5, OB 1.0, OB 1.1 §Data Structures; trap list k.10–k.12.
 */
export function judgeText(value: Json): Judgement {
  if (typeof value === 'string') return value.trim() === '' ? 'loose' : 'good';
  return typeof value === 'number' ? 'loose' : 'broken';
}

/** Whom a recipient is: a number is nobody's address and no hash. */
export function judgeIdentity(value: Json): Judgement {
  return typeof value === 'string' ? judgeText(value) : 'broken';
}

/** An absolute http(s) address. */
export function judgeAddress(value: Json): Judgement {
  return isWebAddress(typeof value === 'string' ? value.trim() : value) ? 'good' : 'broken';
}

/** Most addresses of one list that are looked at. */
const maxAddresses = 1000;

/** Evidence: one address. Lists and objects of later generations occur, and say theirs clearly. */
export function judgeEvidence(value: Json): Judgement {
  if (value === '') return 'loose';
  if (typeof value === 'string') return judgeAddress(value);
  const entries: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (entries.length > maxAddresses) return 'broken';
  const addresses = entries.map((entry) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry) && 'id' in entry
      ? (entry['id'] ?? null)
      : entry,
  );
  return addresses.length > 0 && addresses.every(isWebAddress) ? 'loose' : 'broken';
}

/** 0.5: absolute, or a path on the issuer's origin. */
export function judgeRelativeAddress(value: Json): Judgement {
  if (typeof value !== 'string' || value.length > 65_536) return 'broken';
  return /^\/\S+$/.test(value) ? 'good' : judgeAddress(value);
}

/** 0.5: scheme, host and port, no path. Without its scheme it can still be understood. */
export function judgeOrigin(value: Json): Judgement {
  if (isAuthority(value)) return 'loose';
  return isWebAddress(value) && /^https?:\/\/[^/?#]+\/?$/i.test(value) ? 'good' : 'broken';
}

/** An address, or a picture inside a `data:` address that can be decoded. */
export function judgeImage(value: Json): Judgement {
  if (typeof value !== 'string' || !/^\s*data:/i.test(value)) return judgeAddress(value);
  const decoded = decodeDataUrl(value);
  if (!decoded.ok || decoded.value.bytes.length === 0) return 'broken';
  const { mediaType } = decoded.value;
  if (mediaType === 'image/png' || mediaType === 'image/svg+xml') return 'good';
  return mediaType.startsWith('image/') ? 'loose' : 'broken';
}

/** One `@` before a host name with a dot. An empty one says nothing. */
export function judgeEmail(value: Json): Judgement {
  if (value === '') return 'loose';
  if (typeof value !== 'string' || value.length > 320) return 'broken';
  return /^[^\s@]+@(?:[^\s@.]+\.)+[^\s@.]+$/.test(value.trim()) ? 'good' : 'broken';
}

export function judgeTime(value: Json): Judgement {
  return parseOldTime(value) === undefined ? 'broken' : 'good';
}

/** 0.5: the version of the standard, as numbers with dots. */
export function judgeVersion(value: Json): Judgement {
  if (typeof value === 'number') return 'loose';
  return typeof value === 'string' && /^v?\d+\.\d+(?:\.\d+)?$/.test(value) ? 'good' : 'broken';
}

/** A real boolean, or its word: the validators of the time took both. */
export function judgeBoolean(value: Json): Judgement {
  if (typeof value === 'boolean') return 'good';
  return typeof value === 'string' && /^(?:true|false)$/i.test(value) ? 'loose' : 'broken';
}

/** Only a real `true` takes a badge back; what may mean that and does not say it must not be passed over. */
export function judgeRevoked(value: Json): Judgement {
  if (typeof value === 'boolean') return 'good';
  return value === '' || value === 0 || value === 'false' ? 'loose' : 'broken';
}

/** 1.x knows `email`; the words of 2.0 occur. */
export function judgeIdentityType(value: Json): Judgement {
  if (typeof value !== 'string') return 'broken';
  if (value === 'email') return 'good';
  return /^(?:email|url|telephone|id|@id)$/i.test(value) ? 'loose' : 'broken';
}

export function judgeVerificationType(value: Json): Judgement {
  if (typeof value !== 'string') return 'broken';
  if (value === 'hosted' || value === 'signed') return 'good';
  return /^(?:hosted|signed|hostedbadge|signedbadge)$/i.test(value) ? 'loose' : 'broken';
}

/** 0.5: the e-mail address, or a hash that says its algorithm. */
export function judgeOldRecipient(value: Json): Judgement {
  if (isOldHash(value) || judgeEmail(value) === 'good') return 'good';
  return namesUnknownHash(value) ? 'loose' : 'broken';
}

/** `algorithm$hex` of an algorithm that was in use, in either case. */
export function isOldHash(value: Json | undefined): value is string {
  return (
    typeof value === 'string' &&
    /^(?:md5\$[0-9a-f]{32}|sha1\$[0-9a-f]{40}|sha256\$[0-9a-f]{64}|sha384\$[0-9a-f]{96}|sha512\$[0-9a-f]{128})$/i.test(
      value,
    )
  );
}

/** A hash by its form, of an algorithm that nobody here can compute: it is read, and compared with nobody. */
export function namesUnknownHash(value: Json | undefined): boolean {
  return (
    typeof value === 'string' &&
    /^[a-z0-9-]{1,20}\$[0-9a-f]{16,}$/i.test(value) &&
    !/^(?:md5|sha1|sha256|sha384|sha512)\$/i.test(value)
  );
}

/** A list of words; one word alone occurs. */
export function judgeTags(value: Json): Judgement {
  if (!Array.isArray(value)) return typeof value === 'string' ? 'loose' : 'broken';
  return (value as readonly Json[]).every((tag) => typeof tag === 'string') ? 'good' : 'broken';
}
