import { unusual } from './unusual.ts';

/** The small chunk hashes by WebCrypto alone. */
const other = (): never => unusual();

export { other as md5, other as sha1, other as sha256, other as sha384, other as sha512 };
