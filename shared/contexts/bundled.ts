import type { JsonObject } from '../model/json.ts';
import type { ContextSource } from '../model/session.ts';
import bitstringStatusV1 from './bitstring-status-v1.json' with { type: 'json' };
import clrV2p0 from './clr-v2p0.json' with { type: 'json' };
import clrV2p0201 from './clr-v2p0-2.0.1.json' with { type: 'json' };
import credentialsV1 from './credentials-v1.json' with { type: 'json' };
import credentialsV2 from './credentials-v2.json' with { type: 'json' };
import dataIntegrityV1 from './data-integrity-v1.json' with { type: 'json' };
import dataIntegrityV2 from './data-integrity-v2.json' with { type: 'json' };
import didV1 from './did-v1.json' with { type: 'json' };
import ed255192018V1 from './ed25519-2018-v1.json' with { type: 'json' };
import ed255192020V1 from './ed25519-2020-v1.json' with { type: 'json' };
import jws2020V1 from './jws-2020-v1.json' with { type: 'json' };
import multikeyV1 from './multikey-v1.json' with { type: 'json' };
import obV2p1 from './ob-v2p1.json' with { type: 'json' };
import obV3p0 from './ob-v3p0.json' with { type: 'json' };
import obV3p0301 from './ob-v3p0-3.0.1.json' with { type: 'json' };
import obV3p0302 from './ob-v3p0-3.0.2.json' with { type: 'json' };
import obV3p0303 from './ob-v3p0-3.0.3.json' with { type: 'json' };
import obV3p0Extensions from './ob-v3p0-extensions.json' with { type: 'json' };
import openbadgesV1 from './openbadges-v1.json' with { type: 'json' };
import openbadgesV2 from './openbadges-v2.json' with { type: 'json' };
import revocationList2020V1 from './revocation-list-2020-v1.json' with { type: 'json' };
import statuslist2021V1 from './statuslist2021-v1.json' with { type: 'json' };

/** One context as it is bundled: its exact address and the SHA-256 of its file (base64url). */
export type BundledContext = {
  readonly address: string;
  readonly file: string;
  readonly hash: string;
  readonly document: JsonObject;
};

/**
 * Every JSON-LD context that the product knows. An address is matched letter by letter: `context.json` and
 * `context-3.0.3.json` give the same words different meanings, so neither ever stands in for the other.
 * None is ever fetched. Licences in NOTICE.md.
 */
export const bundledContexts: readonly BundledContext[] = [
  {
    address: 'https://www.w3.org/2018/credentials/v1',
    file: 'credentials-v1.json',
    hash: 'PQsndSLtJDhchQuYgrlohocYm483qb2fFXfjSLEBnEQ',
    document: credentialsV1,
  },
  {
    address: 'https://www.w3.org/ns/credentials/v2',
    file: 'credentials-v2.json',
    hash: 'WZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ',
    document: credentialsV2,
  },
  {
    address: 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
    file: 'ob-v3p0-3.0.1.json',
    hash: '1YLzVkKC-ztwkTbShBLnjnC2eLTbwvAiH2fYSTJ0g1U',
    document: obV3p0301,
  },
  {
    address: 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
    file: 'ob-v3p0-3.0.2.json',
    hash: 'AGZq0IC6QHaH7RhGt_XnSV9QGQQrICpyfeR8SKF1XFM',
    document: obV3p0302,
  },
  {
    address: 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    file: 'ob-v3p0-3.0.3.json',
    hash: '7y-px4RtziM8wWa0NjkCcni-TuRPALsdRcdd4t0M12E',
    document: obV3p0303,
  },
  {
    address: 'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
    file: 'ob-v3p0.json',
    hash: 'sHf6E02QnZLB3NHBU_KvGyRK60FZZ_3BRn1_xd1IrBA',
    document: obV3p0,
  },
  {
    address: 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
    file: 'ob-v3p0-extensions.json',
    hash: 'FG-Fqhbv_Xyh2oBW60Q_U84eyoo0GGywYoMsCpfYicM',
    document: obV3p0Extensions,
  },
  {
    address: 'https://purl.imsglobal.org/spec/clr/v2p0/context.json',
    file: 'clr-v2p0.json',
    hash: '4ZjXtRfXTFA2Q0zklQhvZ7ECRHCemj353Lf4sVebYWc',
    document: clrV2p0,
  },
  {
    address: 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
    file: 'clr-v2p0-2.0.1.json',
    hash: 'iA8ZAtQVjy8zzgavQbkHGZd80eozep3i5B7bP_XlQ9Y',
    document: clrV2p0201,
  },
  {
    address: 'https://w3id.org/security/suites/ed25519-2018/v1',
    file: 'ed25519-2018-v1.json',
    hash: 'Fmxqu54IF2zuX2yHycG7_vpXF9o5G8rFJeVDf5PquAk',
    document: ed255192018V1,
  },
  {
    address: 'https://w3id.org/security/suites/ed25519-2020/v1',
    file: 'ed25519-2020-v1.json',
    hash: 'ueGrlx_Yvyx1U-DEqUOOC5RQr94eocpbJJI2i59UlYg',
    document: ed255192020V1,
  },
  {
    address: 'https://w3id.org/security/data-integrity/v1',
    file: 'data-integrity-v1.json',
    hash: 'tdgpvQmqfEKrxu-gyO12NTE7VIfzfM_OPs0UnKlBhVQ',
    document: dataIntegrityV1,
  },
  {
    address: 'https://w3id.org/security/data-integrity/v2',
    file: 'data-integrity-v2.json',
    hash: 'Z_IebjOmwU5cz9L8eGX3R0-3GgSvfpQTbLOZ36yK6PQ',
    document: dataIntegrityV2,
  },
  {
    address: 'https://w3id.org/security/multikey/v1',
    file: 'multikey-v1.json',
    hash: 'uiwYLeLZL35HGEvMqPzwvq7m05hsUnv2ZMGVu8fFhZc',
    document: multikeyV1,
  },
  {
    address: 'https://www.w3.org/ns/did/v1',
    file: 'did-v1.json',
    hash: 're-lAxE5PrG9eIo4rJ_iaWxlNnko9ploEs1UV3OU9No',
    document: didV1,
  },
  {
    address: 'https://w3id.org/security/suites/jws-2020/v1',
    file: 'jws-2020-v1.json',
    hash: '1kjgXdxld4J8or_V6TH1Pp68blKleo2oHfTsjEb_zR4',
    document: jws2020V1,
  },
  {
    address: 'https://www.w3.org/ns/credentials/status/v1',
    file: 'bitstring-status-v1.json',
    hash: '_aWt01MjHmpohKRrEubHVGQoGQDLNIKE2cNg9iOB2fc',
    document: bitstringStatusV1,
  },
  {
    address: 'https://w3id.org/vc/status-list/2021/v1',
    file: 'statuslist2021-v1.json',
    hash: 'bdBqUr7bdx4FnBCDuounhI3OIva0qM-guYuj_BiIcOQ',
    document: statuslist2021V1,
  },
  {
    address: 'https://w3id.org/vc-revocation-list-2020/v1',
    file: 'revocation-list-2020-v1.json',
    hash: 'n-HlvW0vcJ5GKJR8hkVfLZcgTgfte3rlHVWeNeUjjp0',
    document: revocationList2020V1,
  },
  {
    address: 'https://w3id.org/openbadges/v1',
    file: 'openbadges-v1.json',
    hash: 'QG7AfQ51ikHoS6xjYdKeORGISS6yX378Ub-hnYstuBA',
    document: openbadgesV1,
  },
  {
    address: 'https://w3id.org/openbadges/v2',
    file: 'openbadges-v2.json',
    hash: 'PAwloOWBxky-YyGXN3xPM0xsC5Xw2Q47dESXgWErFT0',
    document: openbadgesV2,
  },
  {
    address: 'https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld',
    file: 'ob-v2p1.json',
    hash: 'T8viU7FZ3ATH95sSpG1Sm16fAoPXWpaGxqEh_pSnld8',
    document: obV2p1,
  },
];

const byAddress = new Map(bundledContexts.map(({ address, document }) => [address, document]));

/** The bundled contexts by address. */
export const contextOf: ContextSource = (address) => byAddress.get(address);
