import type { Assessment } from './assessment.ts';
import { allElements, type Element, readMarkup, textOfElement } from './markup.ts';

/** The value assessment Accessibility: mend a piece of a page so that everybody can use it. */
export const accessibility: Assessment = {
  slug: 'accessibility',
  title: 'Accessibility',
  kind: 'value',
  task: [
    'This piece of a page looks fine, and shuts people out. Mend it so that somebody who hears the page, or has only a keyboard, can sign up as well.',
    'Keep the picture, the field and the button. How it looks does not matter here.',
  ],
  starter: [
    '<h1>Summer school</h1>',
    '<h4>Sign up</h4>',
    '<img src="students.jpg">',
    'E-mail <input name="email">',
    '<div class="button" onclick="send()">Send</div>',
    '',
  ].join('\n'),
  rubric: [
    {
      expects: 'The page can be read: what is opened is closed.',
      shortfall: (answer) => readMarkup(answer).problem,
    },
    {
      expects: 'The picture says in words what it shows.',
      shortfall: (answer) => {
        const pictures = elements(answer, 'img');
        if (pictures.length === 0) return 'The picture is gone; it was to stay.';
        const silent = pictures.find((picture) => (picture.attributes.get('alt') ?? '').trim().length < 3);
        if (silent === undefined) return undefined;
        return 'A picture has no alt text, so somebody who cannot see it hears nothing.';
      },
    },
    {
      expects: 'The field has a label that belongs to it.',
      shortfall: (answer) => {
        const fields = elements(answer, 'input').filter(isTyped);
        if (fields.length === 0) return 'The field for the e-mail address is gone; it was to stay.';
        return fields.every((field) => hasLabel(field, answer))
          ? undefined
          : 'A field has no label of its own: <label for="…"> with the id of the field, or a label around it.';
      },
    },
    {
      expects: 'The button is a real button, with a name.',
      shortfall: (answer) => {
        const pressed = allElements(readMarkup(answer).roots).find(
          (element) => element.attributes.has('onclick') && !['button', 'input', 'a'].includes(element.name),
        );
        if (pressed)
          return `A <${pressed.name}> with onclick cannot be reached with a keyboard: use <button>.`;
        const buttons = [
          ...elements(answer, 'button').map((button) => textOfElement(button) || label(button)),
          ...elements(answer, 'input')
            .filter((input) => input.attributes.get('type')?.toLowerCase() === 'submit')
            .map((input) => input.attributes.get('value') ?? ''),
        ];
        if (buttons.length === 0) return 'There is no <button>.';
        return buttons.every((name) => name.trim() !== '') ? undefined : 'A button has no name.';
      },
    },
    {
      expects: 'Headings go down one step at a time.',
      shortfall: (answer) => {
        const levels = allElements(readMarkup(answer).roots)
          .map((element) => /^h([1-6])$/.exec(element.name)?.[1])
          .filter((level) => level !== undefined)
          .map(Number);
        if (levels.length < 2) return 'A heading is gone; both were to stay.';
        const skipped = levels.find((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1);
        return skipped === undefined
          ? undefined
          : `A heading of level ${skipped} follows without the level above it: somebody who jumps from heading to heading looks for the missing one.`;
      },
    },
  ],
};

function elements(answer: string, name: string): readonly Element[] {
  return allElements(readMarkup(answer).roots).filter((element) => element.name === name);
}

function isTyped(input: Element): boolean {
  const type = input.attributes.get('type')?.toLowerCase() ?? 'text';
  return !['submit', 'button', 'hidden', 'reset', 'image'].includes(type);
}

function hasLabel(field: Element, answer: string): boolean {
  if (label(field) !== '') return true;
  const id = field.attributes.get('id');
  // The field was read anew, so it is found inside a label by what it is, not by identity.
  return elements(answer, 'label').some(
    (one) =>
      textOfElement(one) !== '' &&
      ((id !== undefined && id !== '' && one.attributes.get('for') === id) ||
        allElements(one.children).some((inner) => sameField(inner, field))),
  );
}

function label(element: Element): string {
  return element.attributes.get('aria-label')?.trim() ?? '';
}

function sameField(a: Element, b: Element): boolean {
  return a.name === b.name && JSON.stringify([...a.attributes]) === JSON.stringify([...b.attributes]);
}
