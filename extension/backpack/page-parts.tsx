import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import './page-parts.css';

/** A part of a long page; `id` stands in its address. */
export type PagePart = { readonly id: string; readonly title: string; readonly body: ComponentChildren };

/** The parts of a long page below a list that leads to each of them. */
export function PageParts(props: {
  /** of the page that they are parts of */
  readonly address: string;
  readonly parts: readonly PagePart[];
  readonly label: string;
}): JSX.Element {
  useEffect(() => {
    const [, , part] = location.hash.split('/');
    if (part !== undefined) goTo(part);
  }, []);
  return (
    <>
      <nav class="page-parts" aria-label={props.label}>
        <ul>
          {props.parts.map(({ id, title }) => (
            <li key={id}>
              <a href={`${props.address}/${id}`} onClick={() => goTo(id)}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {props.parts.map(({ id, body }) => (
        <div key={id} id={`part-${id}`}>
          {body}
        </div>
      ))}
    </>
  );
}

/** Shows a part, and moves the focus to its heading, so that the Tab key goes on from there. */
function goTo(part: string): void {
  const heading = document.getElementById(`part-${part}`)?.querySelector('h2');
  if (heading === null || heading === undefined) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
}
