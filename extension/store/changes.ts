type Hear = (tables: readonly string[]) => void;

/** Tells which tables of a database were changed, in this context of the extension and in every other. */
export type Changes = {
  readonly tell: Hear;
  /** until its answer is called */
  readonly onChange: (hear: Hear) => () => void;
};

export function changesOf(name: string): Changes {
  const hearers = new Set<Hear>();
  const tellHere: Hear = (tables) => {
    for (const hear of hearers) hear(tables);
  };
  let opened: BroadcastChannel | undefined;
  const channel = (): BroadcastChannel => {
    if (opened !== undefined) return opened;
    opened = new BroadcastChannel(`store:${name}`);
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (Array.isArray(data)) tellHere(data.map(String));
    };
    return opened;
  };
  return {
    tell: (tables) => {
      tellHere(tables);
      channel().postMessage(tables);
    },
    onChange: (hear) => {
      hearers.add(hear);
      channel();
      return () => hearers.delete(hear);
    },
  };
}
