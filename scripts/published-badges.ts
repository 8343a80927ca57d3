import type { JsonObject } from '../shared/model/json.ts';
import type { BadgeWish } from '../shared/testing/build-badge.ts';
import { signEndorsement } from '../shared/testing/build-endorsement.ts';
import { buildIssuer } from '../shared/testing/build-issuer.ts';

/** A badge that says all that a badge can say. */
export async function everythingSaid(origin: string): Promise<BadgeWish> {
  const endorser = await buildIssuer({ name: 'Guild of Coders' });
  const achievement = `${origin}/achievements/javascript`;
  const endorsement = await signEndorsement({
    endorses: achievement,
    endorser,
    comment: 'We **hire** people who hold it. The examination is fair and nobody passes by luck.',
  });
  return {
    name: 'JavaScript',
    proof: 'eddsa-jcs-2022',
    issuer: await buildIssuer({ origin, keyPlace: 'controller', name: 'School of Webcraft' }),
    criteria: [
      'Whoever holds it has:',
      '',
      '1. solved the *five tasks* of the course,',
      '2. **explained one** of them to somebody who had not,',
      '3. passed an examination of an hour:',
      '   - no internet,',
      '   - `console.log` allowed.',
      '',
      `The tasks are in the [course book](${origin}/book).`,
    ].join('\n'),
    narrative: 'Ada’s chess clock keeps time to a **hundredth of a second** and never loses a move.',
    change: (document) => {
      const subject = document['credentialSubject'] as JsonObject;
      const own = subject['achievement'] as JsonObject;
      return {
        ...document,
        evidence: [
          {
            id: 'https://github.com/ada-winter/chess-clock',
            type: ['Evidence'],
            name: 'The chess clock',
            description: 'With tests.',
          },
          { id: `${origin}/thesis.pdf`, type: ['Evidence'], name: 'How the clock keeps time' },
          { id: 'https://youtu.be/aBcDeFgHiJk', type: ['Evidence'], name: 'Explained in eight minutes' },
          { id: `${origin}/clock.png`, type: ['Evidence'], name: 'The clock on a phone' },
          { type: ['Evidence'], name: 'What the examiner saw', narrative: 'She wrote the test *first*.' },
        ],
        credentialSubject: {
          ...subject,
          result: [
            { type: ['Result'], resultDescription: 'urn:x:exam', value: '92' },
            {
              type: ['Result'],
              resultDescription: 'urn:x:level',
              achievedLevel: 'urn:x:b',
              status: 'Completed',
            },
          ],
          achievement: {
            ...own,
            id: achievement,
            achievementType: 'Competency',
            endorsementJwt: [endorsement],
            alignment: [
              {
                type: ['Alignment'],
                targetName: 'Programming in JavaScript',
                targetUrl: 'https://esco.example/skill/javascript',
                targetFramework: 'ESCO',
                targetCode: 'S5.6.1',
              },
            ],
            resultDescription: [
              {
                id: 'urn:x:exam',
                type: ['ResultDescription'],
                name: 'Examination',
                resultType: 'Percent',
                valueMax: '100',
                requiredValue: '50',
              },
              {
                id: 'urn:x:level',
                type: ['ResultDescription'],
                name: 'Level',
                resultType: 'RubricCriterionLevel',
                rubricCriterionLevel: [{ id: 'urn:x:b', type: ['RubricCriterionLevel'], name: 'Proficient' }],
              },
            ],
          },
        },
      };
    },
  };
}

/** A badge whose words run from right to left. */
export function arabicWish(): BadgeWish {
  return {
    name: 'إمكانية الوصول إلى الويب',
    slug: 'web-access',
    tags: ['الوصول'],
    description: 'يكتب صفحات يستطيع الجميع قراءتها.',
    criteria: ['من يحملها:', '', '1. حل **خمس مهام**،', '2. شرح واحدة منها في `HTML`.'].join('\n'),
    narrative: 'صفحاتها تُقرأ بصوت عالٍ دون خطأ.',
    evidence: { address: 'https://github.com/layla/pages', name: 'الصفحات' },
    change: kindOf('Course'),
  };
}

/** Makes a badge one of that type. */
export function kindOf(achievementType: string): (document: JsonObject) => JsonObject {
  return (document) => {
    const subject = document['credentialSubject'] as JsonObject;
    const achievement = { ...(subject['achievement'] as JsonObject), achievementType };
    return { ...document, credentialSubject: { ...subject, achievement } };
  };
}
