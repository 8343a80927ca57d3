import { render } from 'preact';
import { wordsOf } from '../../shared/messages/catalogue.ts';
import { CheckApp } from './check-app.tsx';

const place = document.getElementById('check');
if (place !== null) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  place.replaceChildren();
  render(<CheckApp words={wordsOf('en', timeZone)} />, place);
}
