import type { Words } from '../messages/catalogue.ts';
import { type AchievementType, achievementTypes, type BadgeGroup } from '../model/achievement-types.ts';
import type { Achievement } from '../model/badge.ts';
import { line, maxListed, whenSaid } from './said-text.ts';

/** What a badge calls itself, in plain words, and what it tells of a person, where it says. */
export type KindView = { readonly kind?: string; readonly group?: BadgeGroup };

/** Types that say plainly what they tell of a person. `Achievement` and `Badge` say nothing. */
const groups: Readonly<Partial<Record<AchievementType, BadgeGroup | undefined>>> = {
  Competency: 'skills',
  Assessment: 'skills',
  MicroCredential: 'skills',
  Membership: 'affiliations',
  CommunityService: 'qualities',
  Achievement: undefined,
  Badge: undefined,
};

/** Tags by which issuers of every generation say the same. */
const tags: Readonly<Record<string, BadgeGroup>> = {
  skill: 'skills',
  skills: 'skills',
  competency: 'skills',
  achievement: 'achievements',
  quality: 'qualities',
  qualities: 'qualities',
  character: 'qualities',
  'soft skill': 'qualities',
  'soft skills': 'qualities',
  affiliation: 'affiliations',
  membership: 'affiliations',
  member: 'affiliations',
};

/** The kind by OB 3.0 `achievementType`; the group by it or, where it says nothing, by a tag. */
export function kindView(achievement: Achievement, words: Words): KindView {
  const type = typeOf(achievement.kind);
  const group = (type === undefined ? undefined : groupOf(type)) ?? groupOfTags(achievement.tags);
  return {
    ...(type === undefined
      ? whenSaid('kind', line(achievement.kind?.replace(/^ext:/, '')))
      : { kind: words.text.kinds[type] }),
    ...(group === undefined ? {} : { group }),
  };
}

function typeOf(kind: string | undefined): AchievementType | undefined {
  return achievementTypes.find((type) => type === kind);
}

function groupOf(type: AchievementType): BadgeGroup | undefined {
  return type in groups ? groups[type] : 'achievements';
}

function groupOfTags(said: readonly string[]): BadgeGroup | undefined {
  for (const tag of said.slice(0, maxListed)) {
    const name = tag.slice(0, 40).trim().toLowerCase();
    if (Object.hasOwn(tags, name)) return tags[name];
  }
  return undefined;
}
