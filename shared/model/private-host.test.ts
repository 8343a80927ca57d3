import { expect, it } from 'vitest';
import { parseUrl } from './brands.ts';
import { isPrivateHost } from './private-host.ts';

function judged(host: string): boolean | string {
  const url = parseUrl(`http://${host}/x`);
  return url.ok ? isPrivateHost(url.value) : 'no address';
}

it.each([
  ...['localhost', 'LOCALHOST.', 'a.localhost', 'printer', 'nas.local', 'wiki.internal', 'router.home.arpa'],
  ...[
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '１２７.0.0.1',
    '0',
    '10.1.2.3',
    '100.64.0.1',
  ],
  ...[
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
  ],
  ...[
    '255.255.255.255',
    '[::]',
    '[::1]',
    '[fe80::1]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[ff02::1]',
    '[fec0::1]',
  ],
  ...['[::ffff:127.0.0.1]', '[::ffff:10.0.0.1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[2002:7f00:1::]'],
  ...['[2001:db8::1]', '[2001::1]', '[3fff::1]', '[100::1]'],
])('%s is inside the own network', (host) => {
  expect(judged(host)).toBe(true);
});

it.each([
  ...[
    'academy.example',
    'xn--bcher-kva.example',
    'localhost.example',
    '8.8.8.8',
    '134744072',
    '100.63.255.255',
  ],
  ...['100.128.0.1', '172.15.255.255', '172.32.0.1', '192.167.255.255', '192.169.0.1', '198.17.255.255'],
  ...['198.20.0.1', '223.255.255.255', '[2606:4700::1111]', '[64:ff9b::8.8.8.8]', '[2002:808:808::]'],
  ...['[2001:4860:4860::8888]', '[::ffff:8.8.8.8]'],
])('%s is outside', (host) => {
  expect(judged(host)).toBe(false);
});
