import { Fragment, type JSX } from 'preact';
import type { Words } from '../messages/catalogue.ts';
import type { Block, ListBlock } from '../views/formatted-text.ts';
import type { Inline } from '../views/inline-text.ts';
import { OutwardHost, outwardRelations } from './outward-link.tsx';
import './formatted-text.css';

type Drawing = { readonly words: Words };

/** A foreign text with its formatting: nodes made from data, never from markup (threat T47). */
export function FormattedText({
  blocks,
  words,
}: Drawing & { readonly blocks: readonly Block[] }): JSX.Element | null {
  if (blocks.length === 0) return null;
  return (
    <div class="formatted-text">
      {blocks.map((block, index) => (
        <BlockOf key={index} block={block} words={words} />
      ))}
    </div>
  );
}

function BlockOf({ block, words }: Drawing & { readonly block: Block }): JSX.Element {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p dir="auto">
          <InlineText content={block.content} words={words} />
        </p>
      );
    case 'heading':
      return (
        <p class="formatted-text-heading" dir="auto">
          <InlineText content={block.content} words={words} />
        </p>
      );
    case 'code':
      return (
        <pre class="formatted-text-code" dir="auto">
          <code>{block.text}</code>
        </pre>
      );
    case 'list':
      return <ListOf list={block} words={words} />;
  }
}

function ListOf({ list, words }: Drawing & { readonly list: ListBlock }): JSX.Element {
  const items = list.items.map(({ content, inner }, index) => (
    <li key={index}>
      <InlineText content={content} words={words} />
      {inner.map((each, place) => (
        <ListOf key={place} list={each} words={words} />
      ))}
    </li>
  ));
  return list.ordered ? (
    <ol class="formatted-text-list" start={list.start} dir="auto">
      {items}
    </ol>
  ) : (
    <ul class="formatted-text-list" dir="auto">
      {items}
    </ul>
  );
}

function InlineText({ content, words }: Drawing & { readonly content: readonly Inline[] }): JSX.Element {
  return (
    <>
      {content.map((part, index) => (
        <Fragment key={index}>
          <Part part={part} words={words} />
        </Fragment>
      ))}
    </>
  );
}

function Part({ part, words }: Drawing & { readonly part: Inline }): JSX.Element {
  switch (part.kind) {
    case 'text':
      return <>{part.text}</>;
    case 'break':
      return <br />;
    case 'code':
      return <code>{part.text}</code>;
    case 'strong':
      return (
        <strong>
          <InlineText content={part.content} words={words} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <InlineText content={part.content} words={words} />
        </em>
      );
    case 'link':
      return (
        <>
          <a
            class={isBare(part) ? 'bare-address' : undefined}
            href={part.link.address}
            rel={outwardRelations}
            target="_blank"
          >
            <InlineText content={part.content} words={words} />
          </a>
          {!isBare(part) && <OutwardHost link={part.link} words={words} />}
        </>
      );
  }
}

/** The address is its own text, and says where it leads. */
function isBare({ link, content }: Extract<Inline, { kind: 'link' }>): boolean {
  const [only, ...others] = content;
  return others.length === 0 && only?.kind === 'text' && only.text === link.address;
}
