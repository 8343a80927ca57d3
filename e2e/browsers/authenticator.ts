import type { Page } from '@playwright/test';

/** An authenticator in software, as Chromium has one for tests. It answers in one page alone, until that is closed. */
export type Authenticator = {
  /** how many passkeys it keeps */
  readonly count: () => Promise<number>;
  /** whether whoever is asked shows that he is the owner */
  readonly verifies: (verifies: boolean) => Promise<void>;
};

export async function authenticatorAt(
  page: Page,
  { hasPrf }: { readonly hasPrf: boolean },
): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
  return {
    count: async () =>
      (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    verifies: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
  };
}
