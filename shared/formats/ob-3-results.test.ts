import { describe, expect, it } from 'vitest';
import { resultsOf } from './ob-3-results.ts';

const described = {
  resultDescription: [
    { id: 'urn:exam', name: 'Examination', resultType: 'Percent', valueMax: '100', requiredValue: '50' },
    {
      id: 'urn:level',
      name: 'Level',
      requiredLevel: 'urn:b',
      rubricCriterionLevel: [
        { id: 'urn:a', name: 'Mastered' },
        { id: 'urn:b', name: 'Proficient' },
      ],
    },
  ],
};

describe('results of a credential', () => {
  it('are joined with what the achievement says of them', () => {
    const result = [
      { resultDescription: 'urn:exam', value: '85' },
      { resultDescription: 'urn:level', achievedLevel: 'urn:a', status: 'Completed' },
    ];
    expect(resultsOf({ result }, described)).toEqual([
      { name: 'Examination', kind: 'Percent', value: '85', required: '50', most: '100' },
      { name: 'Level', level: 'Mastered', status: 'Completed', required: 'Proficient' },
    ]);
  });

  it('stand alone where the achievement says nothing, and are none where there are none', () => {
    expect(resultsOf({ result: { value: 'A' } }, {})).toEqual([{ value: 'A' }]);
    expect(resultsOf({ result: [{ value: 'A' }, 'B', null] }, described)).toEqual([{ value: 'A' }]);
    expect(resultsOf({}, described)).toEqual([]);
  });
});
