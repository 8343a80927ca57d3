import { render } from 'preact';
import { wordsOf } from '../../shared/messages/catalogue.ts';
import { CheckApp } from './check-app.tsx';
import { ClaimApp } from './claim-app.tsx';

const apps = { check: CheckApp, claim: ClaimApp } as const;
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
for (const [id, App] of Object.entries(apps)) {
  const place = document.getElementById(id);
  if (place === null) continue;
  place.replaceChildren();
  render(<App words={wordsOf('en', timeZone)} />, place);
}
