import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import { fill } from '../../shared/messages/formats.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import './ordered-list.css';

export type OrderedItem = {
  readonly id: CardRow['id'];
  readonly name: string;
  readonly picture?: JSX.Element;
  readonly what: JSX.Element;
  readonly more?: JSX.Element;
};

type Direction = 'up' | 'down';
type Dropping = { readonly over: CardRow['id']; readonly after: boolean };

/**
 * A list that its reader arranges: by dragging, or by two buttons for whoever has no pointer. Where a thing has got to is
 * spoken, and the focus stays with it.
 */
export function OrderedList(props: {
  readonly items: readonly OrderedItem[];
  readonly label: string;
  readonly words: BackpackWords;
  /** to the place before another, or to the end */
  readonly onMove: (id: CardRow['id'], before: CardRow['id'] | undefined) => Promise<unknown>;
}): JSX.Element {
  const { items, words } = props;
  const said = words.own.collections;
  const list = useRef<HTMLOListElement>(null);
  const pressed = useRef<{ readonly id: CardRow['id']; readonly direction: Direction } | undefined>(
    undefined,
  );
  const [moved, setMoved] = useState<CardRow['id']>();
  const [dragged, setDragged] = useState<CardRow['id']>();
  const [dropping, setDropping] = useState<Dropping>();
  const order = items.map(({ id }) => id).join(' ');
  // A row that was moved in the page has lost the focus on its button.
  useLayoutEffect(() => {
    const { id, direction } = pressed.current ?? {};
    if (id === undefined) return;
    pressed.current = undefined;
    const row = [...(list.current?.children ?? [])][items.findIndex((item) => item.id === id)];
    row?.querySelector<HTMLButtonElement>(`[data-move="${direction}"]`)?.focus();
  }, [order]);

  const move = (id: CardRow['id'], before: CardRow['id'] | undefined): void => {
    setMoved(id);
    void props.onMove(id, before);
  };
  const press = (index: number, direction: Direction): void => {
    const item = items[index];
    const isAtEnd = direction === 'up' ? index === 0 : index === items.length - 1;
    if (item === undefined || isAtEnd) return;
    pressed.current = { id: item.id, direction };
    move(item.id, direction === 'up' ? items[index - 1]?.id : items[index + 2]?.id);
  };
  const drop = (): void => {
    if (dragged !== undefined && dropping !== undefined && dropping.over !== dragged) {
      const rest = items.filter(({ id }) => id !== dragged);
      const index = rest.findIndex(({ id }) => id === dropping.over) + (dropping.after ? 1 : 0);
      const isWhereItWas = items.findIndex(({ id }) => id === dragged) === index;
      if (!isWhereItWas) move(dragged, rest[index]?.id);
    }
    setDragged(undefined);
    setDropping(undefined);
  };
  const place = items.findIndex(({ id }) => id === moved);
  const name = items[place]?.name ?? '';

  return (
    <div>
      <ol class="ordered-list" ref={list} aria-label={props.label}>
        {items.map((item, index) => (
          <li
            key={item.id}
            class={rowClass(item.id, dragged, dropping)}
            draggable={items.length > 1}
            onDragStart={(event) => {
              event.dataTransfer?.setData('text/plain', item.name);
              setDragged(item.id);
            }}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              const { top, height } = event.currentTarget.getBoundingClientRect();
              const after = event.clientY > top + height / 2;
              if (dropping?.over !== item.id || dropping.after !== after)
                setDropping({ over: item.id, after });
            }}
            onDrop={(event) => {
              event.preventDefault();
              drop();
            }}
            onDragEnd={() => {
              setDragged(undefined);
              setDropping(undefined);
            }}
          >
            <span class="ordered-list-grip">
              <Icon name="grip" />
            </span>
            {item.picture}
            <div class="ordered-list-what">{item.what}</div>
            <div class="ordered-list-buttons">
              <MoveButton
                item={item}
                direction="up"
                off={index === 0}
                words={words}
                onPress={() => press(index, 'up')}
              />
              <MoveButton
                item={item}
                direction="down"
                off={index === items.length - 1}
                words={words}
                onPress={() => press(index, 'down')}
              />
              {item.more}
            </div>
          </li>
        ))}
      </ol>
      <p class="spoken" role="status">
        {place < 0 ? '' : fill(said.moved, { name, place: place + 1, count: items.length }, words.formats)}
      </p>
    </div>
  );
}

/** It keeps the focus at the end of the list, where there is nothing left for it to do. */
function MoveButton(props: {
  readonly item: OrderedItem;
  readonly direction: Direction;
  readonly off: boolean;
  readonly words: BackpackWords;
  readonly onPress: () => void;
}): JSX.Element {
  const { moveUp, moveDown } = props.words.own.collections;
  return (
    <button
      type="button"
      class="button ordered-list-move"
      data-move={props.direction}
      aria-disabled={props.off}
      title={props.direction === 'up' ? moveUp : moveDown}
      onClick={props.onPress}
    >
      <Icon name={props.direction} />
      <span class="spoken">
        {props.direction === 'up' ? moveUp : moveDown} {props.item.name}
      </span>
    </button>
  );
}

function rowClass(
  id: CardRow['id'],
  dragged: CardRow['id'] | undefined,
  dropping: Dropping | undefined,
): string {
  const names = ['ordered-list-row'];
  if (dragged === id) names.push('ordered-list-dragged');
  else if (dropping?.over === id) names.push(dropping.after ? 'ordered-list-after' : 'ordered-list-before');
  return names.join(' ');
}
