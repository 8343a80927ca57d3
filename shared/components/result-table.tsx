import type { JSX } from 'preact';
import type { Words } from '../messages/catalogue.ts';
import type { ResultView } from '../views/result-view.ts';
import './result-table.css';

/** What was measured, reached and asked for; the last column only where anything was asked for. */
export function ResultTable(props: {
  readonly results: readonly ResultView[];
  readonly words: Words;
}): JSX.Element {
  const { results, words } = props;
  const said = words.text.results;
  const asks = results.some(({ asked }) => asked !== '');
  return (
    <table class="result-table">
      <thead>
        <tr>
          <th scope="col">{said.what}</th>
          <th scope="col">{said.reached}</th>
          {asks && <th scope="col">{said.asked}</th>}
        </tr>
      </thead>
      <tbody>
        {results.map(({ what, reached, asked }, index) => (
          <tr key={index}>
            <th scope="row" dir="auto">
              {what}
            </th>
            <td dir="auto">{reached}</td>
            {asks && <td dir="auto">{asked}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
