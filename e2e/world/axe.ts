import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Findings of axe as short lines, so that a failure reads well. The dark colours change contrast and nothing else. */
export async function findings(
  page: Page,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page });
  const asked =
    colorScheme === 'dark'
      ? axe.withRules(['color-contrast'])
      : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const { violations } = await asked.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}
