import { useState } from 'preact/hooks';

/** One of a few ways to look at things, remembered in this browser: whoever chose a list once wants it again. */
export function useRemembered<Value extends string>(
  name: string,
  choices: readonly [Value, ...Value[]],
): readonly [Value, (chosen: Value) => void] {
  const [value, setValue] = useState<Value>(() => {
    const kept = localStorage.getItem(name);
    return choices.find((choice) => choice === kept) ?? choices[0];
  });
  const choose = (chosen: Value): void => {
    localStorage.setItem(name, chosen);
    setValue(chosen);
  };
  return [value, choose];
}

/** Whoever sits down here next chooses anew. */
export function forgetRemembered(): void {
  localStorage.clear();
}
