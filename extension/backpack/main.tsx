import { render } from 'preact';
import '../../shared/components/tokens.css';
import '../../shared/components/base.css';
import '../../shared/components/controls.css';
import '../extension-page.css';
import './backpack.css';
import { backpackWords } from '../messages/backpack-words.ts';
import { runAsWords } from '../run-as-words.ts';
import { Backpack } from './backpack.tsx';
import { pageAccount } from './page-account.ts';

const root = document.getElementById('backpack');
const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
const words = backpackWords(timeZone);
runAsWords(words.formats);
if (root !== null) render(<Backpack actions={pageAccount()} words={words} />, root);
