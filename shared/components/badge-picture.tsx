import type { JSX } from 'preact';
import type { PictureView } from '../views/picture-view.ts';
import './badge-picture.css';

/**
 * The picture in its square box, contained, never cropped; empty while it is read; without one the initial on its colour.
 * `decorative`: the name stands right beside it, so that it is not said twice.
 */
export function BadgePicture(props: {
  readonly picture: PictureView;
  readonly decorative?: boolean;
}): JSX.Element {
  const { picture } = props;
  const struck = picture.struck ? ' struck' : '';
  if (picture.address === undefined)
    return <span class={`badge-picture-${picture.colour}${struck}`} data-initial={picture.initial} />;
  return (
    <span class={`badge-picture${struck}`}>
      {picture.address !== '' && (
        <img
          src={picture.address}
          alt={props.decorative === true ? '' : picture.alternative}
          decoding="async"
        />
      )}
    </span>
  );
}
