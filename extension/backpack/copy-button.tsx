import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BackpackWords } from '../messages/backpack-words.ts';

const saidForMs = 4_000;

/** Copies a text and says so in its own label, which is spoken because the focus is on it. */
export function CopyButton(props: {
  readonly text: string;
  readonly label: string;
  readonly words: BackpackWords;
}): JSX.Element {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), saidForMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      class="button"
      aria-live="polite"
      onClick={() => void navigator.clipboard.writeText(props.text).then(() => setCopied(true))}
    >
      {copied ? props.words.own.common.copied : props.label}
    </button>
  );
}
