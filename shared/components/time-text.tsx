import type { JSX } from 'preact';

/** A date as people write it, with the exact time on hover and for machines. */
export function TimeText(props: {
  readonly instant: string;
  readonly text: string;
  readonly exact: string;
}): JSX.Element {
  return (
    <time dateTime={props.instant} title={props.exact}>
      {props.text}
    </time>
  );
}
