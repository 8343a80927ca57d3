import { render } from 'preact';
import '../../shared/components/tokens.css';
import '../../shared/components/base.css';
import './backpack.css';
import { extensionWords } from '../messages/words.ts';
import { Backpack } from './backpack.tsx';
import { offlineAccount } from './offline-account.ts';

const root = document.getElementById('backpack');
const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
if (root !== null) render(<Backpack actions={offlineAccount} words={extensionWords(timeZone)} />, root);
