import type { AchievementResult } from '../model/badge.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import { plainText } from './credential-structure.ts';

const maxResults = 100;

/**
 * The results that a credential states, each with what its achievement says of it. A level is named by its own name.
 * Source: OB 3.0 §Result, §ResultDescription, §RubricCriterionLevel.
 */
export function resultsOf(subject: JsonObject, achievement: JsonObject): readonly AchievementResult[] {
  const described = objectsIn(achievement['resultDescription']);
  return objectsIn(subject['result']).map((result) => {
    const about = described.find(({ id }) => id !== undefined && id === result['resultDescription']);
    const levels = objectsIn(about?.['rubricCriterionLevel']);
    const levelNamed = (id: Json | undefined): string | undefined =>
      id === undefined ? undefined : plainText(levels.find((level) => level['id'] === id)?.['name']);
    const parts = {
      name: plainText(about?.['name']),
      kind: stringOf(about?.['resultType']),
      value: plainText(result['value']),
      level: levelNamed(result['achievedLevel']),
      status: stringOf(result['status']),
      required: plainText(about?.['requiredValue']) ?? levelNamed(about?.['requiredLevel']),
      most: plainText(about?.['valueMax']),
    };
    return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  });
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return listOf(value).slice(0, maxResults).filter(isJsonObject);
}
