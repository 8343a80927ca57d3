import { useEffect, useState } from 'preact/hooks';
import type { Bytes } from '../../shared/model/bytes.ts';
import { readBlob } from '../store/badges.ts';
import type { CardRow } from '../store/database.ts';

type Picture = NonNullable<CardRow['picture']>;

/** Pictures by their hash: the same bytes are read and given an address once a page. */
const addresses = new Map<string, Promise<string | undefined>>();
/** Those that are read, so that what is drawn anew shows them at once. */
const readAlready = new Map<string, string>();
const maxAddresses = 2_000;

/** A `blob:` address of a kept picture; `''` while it is read, `undefined` where there is none. */
export function usePicture(picture: Picture | undefined): string | undefined {
  const hash = picture?.hash;
  const mediaType = picture?.mediaType;
  const [address, setAddress] = useState(() => addressNow(hash));
  useEffect(() => {
    let left = false;
    setAddress(addressNow(hash));
    if (hash !== undefined && mediaType !== undefined)
      void addressOf({ hash, mediaType }).then((found) => {
        if (!left) setAddress(found);
      });
    return () => {
      left = true;
    };
  }, [hash, mediaType]);
  return address;
}

function addressNow(hash: string | undefined): string | undefined {
  return hash === undefined ? undefined : (readAlready.get(hash) ?? '');
}

function addressOf(picture: Picture): Promise<string | undefined> {
  const known = addresses.get(picture.hash);
  if (known !== undefined) return known;
  const made = readBlob(picture.hash).then((bytes) =>
    bytes === undefined
      ? undefined
      : URL.createObjectURL(new Blob([bytes as Bytes], { type: picture.mediaType })),
  );
  addresses.set(picture.hash, made);
  void made.then((address) => address !== undefined && readAlready.set(picture.hash, address));
  forgetOldest();
  return made;
}

function forgetOldest(): void {
  for (const [hash, address] of addresses) {
    if (addresses.size <= maxAddresses) return;
    addresses.delete(hash);
    readAlready.delete(hash);
    void address.then((text) => text !== undefined && URL.revokeObjectURL(text));
  }
}
