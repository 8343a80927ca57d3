/** What can be wrong with the call itself, whatever the badge is. Codes never change meaning. */
export type FaultCode =
  | 'wrong-call'
  | 'file-missing'
  | 'file-unreadable'
  | 'file-too-large'
  | 'not-an-address'
  | 'snapshot-unreadable'
  | 'snapshot-damaged'
  | 'snapshot-not-written'
  | 'witness-unreadable'
  | 'unexpected';

const remedies = {
  'wrong-call': 'Call it with --help to see how it is called.',
  'file-missing': 'Look for a slip in its name. An address begins with https:// or http://.',
  'file-unreadable': 'Name a file, and see that you may read it.',
  'file-too-large': 'A badge has at most 5 MB: name the badge itself.',
  'not-an-address':
    'Write it with its host and without a user name, as in https://academy.example/awards/42.json.',
  'snapshot-unreadable': 'Name a file that --snapshot wrote, or one that is not there yet.',
  'snapshot-damaged': 'Take it again: name a file that is not there yet.',
  'snapshot-not-written': 'Name a file that is not there yet, in a folder in which you may write.',
  'witness-unreadable': 'Name the file that the badge’s public page hands out.',
  unexpected: 'That is a fault of this program: please report it with what you called.',
} satisfies Record<FaultCode, string>;

/** The end of the command without a verdict: a code, one sentence, and what can be done. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly remedy: string;
  constructor(code: FaultCode, sentence: string, remedy: string = remedies[code]) {
    super(sentence);
    this.code = code;
    this.remedy = remedy;
  }
}

/** Whatever was thrown, for people or, in JSON, for machines. */
export function faultReport(thrown: unknown, asJson: boolean): string {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const {
    code,
    message: sentence,
    remedy,
  } = thrown instanceof Fault ? thrown : new Fault('unexpected', said);
  return asJson
    ? JSON.stringify({ error: code, sentence, remedy }, null, 2)
    : `${sentence} [${code}]\n${remedy}`;
}
