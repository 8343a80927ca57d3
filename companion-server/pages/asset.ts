import type { Bytes } from '../../shared/model/bytes.ts';

/** What stands below `/assets/`, under a name made of its content; `zipped`: the same for whoever can unzip. */
export type Asset = {
  readonly mediaType: string;
  readonly plain: string | Bytes;
  readonly zipped?: Bytes;
};
