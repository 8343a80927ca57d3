import type { BadgeInput } from '../../shared/verify/open-badge.ts';
import type { findPicture as FindPicture } from '../../shared/verify/picture.ts';
import type { Verification, VerifyEffects, VerifyOptions } from '../../shared/verify/verify-badge.ts';

type Verify = (input: BadgeInput, options: VerifyOptions, effects: VerifyEffects) => Promise<Verification>;
type Whole = { readonly verifyBadge: Verify };
type Usual = {
  readonly verifyInPage: (...asked: [...Parameters<Verify>, () => Promise<Whole>]) => Promise<Verification>;
};

type Pictures = { readonly findPicture: typeof FindPicture };

/** Paths of what is loaded when it is needed, filled in by the build. */
declare const pictureScript: string;
declare const usualScript: string;
declare const wholeScript: string;

/** Verifies with the extension's own code: the part for the usual badge at first, all of it where that is not enough. */
export const verifyInPage: Verify = async (input, options, effects) => {
  const usual = (await import(/* @vite-ignore */ usualScript)) as Usual;
  return usual.verifyInPage(input, options, effects, () => import(/* @vite-ignore */ wholeScript));
};

/** The picture to show for a badge, once its verdict is there. */
export const findPicture: typeof FindPicture = async (...asked) => {
  const pictures = (await import(/* @vite-ignore */ pictureScript)) as Pictures;
  return pictures.findPicture(...asked);
};
