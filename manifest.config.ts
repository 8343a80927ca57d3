import packageJson from './package.json' with { type: 'json' };

export type BrowserName = 'chromium' | 'firefox';

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  'connect-src https: http:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The fixed id that Firefox knows the extension by. */
export const firefoxId = 'backpack@openbadges.example';

const everywhere = {
  manifest_version: 3 as const,
  name: '__MSG_name__',
  description: '__MSG_description__',
  default_locale: 'en',
  version: packageJson.version,
  icons: { 16: 'icons/16.png', 32: 'icons/32.png', 48: 'icons/48.png', 128: 'icons/128.png' },
  action: { default_popup: 'popup/index.html', default_title: '__MSG_name__' },
  options_ui: { page: 'backpack/index.html', open_in_tab: true },
  permissions: ['storage', 'unlimitedStorage', 'alarms', 'activeTab', 'scripting'],
  host_permissions: ['https://*/*', 'http://*/*'],
  content_scripts: [
    {
      matches: ['https://*/*', 'http://*/*'],
      js: ['content/notice-offers.iife.ts'],
      run_at: 'document_idle' as const,
      all_frames: false,
    },
  ],
  content_security_policy: { extension_pages: pagePolicy },
  incognito: 'not_allowed' as const,
};

/** The manifest of one browser. Firefox has no service worker in extensions, Chromium no background scripts. */
export function manifestFor(browser: BrowserName): Record<string, unknown> {
  if (browser === 'chromium')
    return {
      ...everywhere,
      minimum_chrome_version: '137',
      background: { service_worker: 'background/index.ts', type: 'module' },
    };
  return {
    ...everywhere,
    background: { scripts: ['background/index.ts'], type: 'module' },
    browser_specific_settings: {
      gecko: {
        id: firefoxId,
        strict_min_version: '130.0',
        // What a store asks for; Firefox before 140 does not know the key and passes over it.
        data_collection_permissions: { required: ['none'] },
      },
    },
  };
}
