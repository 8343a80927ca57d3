import type { Json, JsonObject } from '../model/json.ts';
import { type BuiltBadge, buildBadge } from './build-badge.ts';

/** A really signed badge of 3.0 that says one text in every field that anybody is ever shown. */
export function badgeSaying(text: string): Promise<BuiltBadge> {
  return buildBadge({
    name: text,
    description: text,
    criteria: text,
    narrative: text,
    tags: [text],
    slug: 'hostile',
    change: (document) => {
      const subject = objectOf(document['credentialSubject']);
      const achievement = objectOf(subject['achievement']);
      const measured = 'urn:uuid:7e1f2a0c-0000-4000-8000-00000000000a';
      return {
        ...document,
        name: text,
        description: text,
        issuer: { ...objectOf(document['issuer']), name: text, description: text, url: addressOf(text) },
        evidence: [
          {
            id: addressOf(text),
            type: ['Evidence'],
            name: text,
            description: text,
            narrative: text,
            genre: text,
          },
          { type: ['Evidence'], name: text, narrative: text },
        ],
        endorsement: [
          {
            '@context': document['@context'] ?? [],
            id: 'urn:uuid:7e1f2a0c-0000-4000-8000-00000000000b',
            type: ['VerifiableCredential', 'EndorsementCredential'],
            issuer: { id: 'https://guild.example/issuer', type: ['Profile'], name: text },
            name: text,
            validFrom: '2026-01-10T10:00:00Z',
            credentialSubject: { id: 'urn:x', type: ['EndorsementSubject'], endorsementComment: text },
          },
        ],
        credentialSubject: {
          ...subject,
          result: [{ type: ['Result'], resultDescription: measured, value: text }],
          achievement: {
            ...achievement,
            humanCode: text,
            specialization: text,
            criteria: { id: addressOf(text), narrative: text },
            alignment: [
              {
                type: ['Alignment'],
                targetName: text,
                targetUrl: addressOf(text),
                targetDescription: text,
                targetFramework: text,
                targetCode: text,
              },
            ],
            resultDescription: [
              {
                id: measured,
                type: ['ResultDescription'],
                name: text,
                resultType: 'Result',
                requiredValue: text,
              },
            ],
          },
        },
      };
    },
  });
}

/** The text itself where it could pass for an address, so that links are tried too. */
function addressOf(text: string): string {
  return /^[a-z]+:[^\s<>"]*$/i.test(text) ? text : 'https://academy.example/work';
}

function objectOf(value: Json | undefined): JsonObject {
  return value as JsonObject;
}
