import type { JSX } from 'preact';
import type { Formats } from '../messages/formats.ts';

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

/** A sentence around the slot `{date}`, which becomes a `TimeText` of the day where the reader is. */
export function TimeSentence(props: {
  readonly sentence: string;
  readonly instant: string;
  readonly formats: Formats;
}): JSX.Element {
  const [before = '', after = ''] = props.sentence.split('{date}');
  const { dateHere, exactTime } = props.formats;
  return (
    <>
      {before}
      <TimeText instant={props.instant} text={dateHere(props.instant)} exact={exactTime(props.instant)} />
      {after}
    </>
  );
}
