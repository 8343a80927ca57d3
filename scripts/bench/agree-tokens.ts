import { bytesOfBase64Url, utf8 } from '../../shared/model/bytes.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { buildBadge } from '../../shared/testing/build-badge.ts';
import { buildIssuer } from '../../shared/testing/build-issuer.ts';
import { judge } from '../../shared/testing/judge.ts';
import { Dice } from '../../shared/testing/mutate-document.ts';
import type { KeyAlgorithm } from '../../shared/testing/signing-keys.ts';
import type { Row } from './measure.ts';
import { loadPeer, peerName } from './peers.ts';

const algorithms: readonly KeyAlgorithm[] = [
  'EdDSA',
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
];
const changedPerToken = 40;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=';

type Jose = {
  readonly importJWK: (jwk: JsonObject, algorithm: string) => Promise<object>;
  readonly compactVerify: (token: string, key: object, options: object) => Promise<object>;
  readonly CompactSign: new (
    payload: Uint8Array,
  ) => {
    setProtectedHeader: (header: JsonObject) => { sign: (key: object) => Promise<string> };
  };
};

/** Tokens of every algorithm that `jose` knows: ours read by it, its own read by us, and changed ones by both. */
export async function tokenRows(): Promise<readonly Row[]> {
  const jose = (await loadPeer('jose', 'dist/webapi/index.js')) as Jose;
  const rows: Row[] = [];
  for (const algorithm of algorithms) rows.push(await rowOf(algorithm, jose));
  return rows;
}

async function rowOf(algorithm: KeyAlgorithm, jose: Jose): Promise<Row> {
  const issuer = await buildIssuer({ algorithm, keyPlace: 'did:jwk' });
  const { text } = await buildBadge({ proof: 'vc-jwt', issuer });
  const publicKey = await jose.importJWK(issuer.key.publicJwk, algorithm);
  const privateKey = await jose.importJWK(issuer.key.privateJwk as JsonObject, algorithm);
  const [head = '', body = ''] = text.split('.');
  const header = JSON.parse(new TextDecoder().decode(bytesOfBase64Url(head))) as JsonObject;
  const payload = bytesOfBase64Url(body) ?? utf8('');
  const theirs = await new jose.CompactSign(payload).setProtectedHeader(header).sign(privateKey);
  const dice = new Dice(algorithms.indexOf(algorithm));
  const changed = Array.from({ length: changedPerToken }, () => withLetterChanged(text, dice));
  const whole = [text, theirs];
  let differences = 0;
  let holes = 0;
  for (const token of [...whole, ...changed]) {
    const ours = (await judge(token)).verdict.outcome === 'valid';
    const good = await jose.compactVerify(token, publicKey, { algorithms: [algorithm] }).then(
      () => true,
      () => false,
    );
    if (ours !== good) differences += 1;
    if (ours && !good) holes += 1;
    if (whole.includes(token) && !(ours && good)) holes += 1;
  }
  return {
    area: 'agree',
    measure: `tokens with ${algorithm} compared, differences beside`,
    ours: whole.length + changed.length,
    baseline: differences,
    unit: 'badges',
    ratio: null,
    goal: 'ours and theirs good, nothing valid for us alone',
    pass: holes === 0,
    baselineName: peerName('jose'),
    note: `${holes} valid for us alone`,
  };
}

/** One letter of the token is another one, or gone. */
function withLetterChanged(token: string, dice: Dice): string {
  const at = dice.below(token.length);
  const letter = dice.below(8) === 0 ? '' : dice.of([...letters].filter((one) => one !== token[at]));
  return token.slice(0, at) + letter + token.slice(at + 1);
}
