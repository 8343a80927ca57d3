import type { JSX } from 'preact';
import { en } from '../messages/en.ts';
import { pageText, say } from './layout.tsx';

/** `address`: of the page that is to be reported, where it is known. */
export type ReportData = {
  readonly origin: string;
  readonly contact: { readonly text: string; readonly address: string } | undefined;
  readonly address: string | undefined;
};

/** `/report`: how to reach whoever runs this server. Nothing is typed in here, so nothing is kept. */
export function reportPage({ origin, contact, address }: ReportData): string {
  return pageText(
    {
      title: en.report.title,
      description: en.report.lead,
      address: `${origin}/report`,
      listed: false,
      kind: 'plain',
    },
    <main class="page report">
      <h1>{en.report.title}</h1>
      <p>{en.report.lead}</p>
      {address !== undefined && (
        <div class="report-page">
          <p>{en.report.address}</p>
          <p class="report-address" dir="ltr">
            {address}
          </p>
        </div>
      )}
      <Contact contact={contact} host={new URL(origin).host} />
      <p>{en.report.badge}</p>
      <p>
        <a href="/">{en.foot.what}</a>
      </p>
    </main>,
  );
}

function Contact({ contact, host }: { contact: ReportData['contact']; host: string }): JSX.Element {
  if (contact === undefined) return <p>{say(en.report.noContact, { host })}</p>;
  return (
    <p>
      {en.report.contact}{' '}
      <a href={contact.address} rel="noreferrer">
        {contact.text}
      </a>
    </p>
  );
}
