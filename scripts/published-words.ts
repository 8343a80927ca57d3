import type { BadgeWish } from '../shared/testing/build-badge.ts';

/** What the badges of a profile in pictures say, each of its own. */
export const badgeWords = {
  forms: {
    name: 'Accessible Forms',
    description: 'Builds forms that work by keyboard, by ear and on a bad connection.',
    criteria: 'A form is handed in; somebody who cannot see it fills it in.',
    tags: ['accessibility', 'forms'],
    awarded: '2024-09-03T10:00:00Z',
  },
  aid: {
    name: 'First Aid',
    description: 'Keeps calm, stops a bleeding and calls for help in the right order.',
    criteria: 'Eight hours of training, and one of practice under the eyes of a medic.',
    tags: ['first aid'],
    awarded: '2022-03-19T10:00:00Z',
  },
  mentor: {
    name: 'Peer Mentor',
    description: 'Explains until it is understood, and lets others find the answer.',
    criteria: 'Three people say what they have learnt from her.',
    tags: ['teaching'],
    awarded: '2019-06-28T10:00:00Z',
  },
  guild: {
    name: 'Member of the Guild of Coders',
    description: 'Belongs to the guild, keeps its rules and votes.',
    criteria: 'Two members vouch for whoever wants to join.',
    tags: ['membership'],
    awarded: '2021-01-11T10:00:00Z',
  },
  writing: {
    name: 'Writing for the Web',
    description: 'Writes pages that are read to their end.',
    criteria: 'A page of 300 words, and the same in 100.',
    tags: ['writing'],
    awarded: '2023-05-31T10:00:00Z',
  },
  standards: {
    name: 'Sustained and Outstanding Contribution to the Documentation of Open Standards',
    description: 'Has kept the documentation of a standard in order for years.',
    criteria: 'The working group decides once a year.',
    tags: ['standards', 'writing'],
    awarded: '2025-11-20T10:00:00Z',
  },
} as const satisfies Readonly<Record<string, BadgeWish>>;

/** A cover: hills in the morning. */
export const hills = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 300" width="1200" height="300">
<rect width="1200" height="300" fill="#cfe6f2"/>
<circle cx="860" cy="120" r="46" fill="#f6d9a8"/>
<path d="M0 190 Q150 90 330 170 T680 150 T1000 160 T1200 120 V300 H0Z" fill="#8fbdd3"/>
<path d="M0 230 Q200 150 420 220 T820 200 T1200 190 V300 H0Z" fill="#4f8aa8"/>
<path d="M0 270 Q260 210 520 260 T960 250 T1200 245 V300 H0Z" fill="#1f5673"/>
</svg>
`;
