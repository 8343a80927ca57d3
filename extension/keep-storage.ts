type Asked = Pick<Navigator, 'storage' | 'permissions'>;

/**
 * Has the browser keep the backpack when it runs short of room, wherever nobody has to be asked about it.
 * Firefox grants this to extensions with `unlimitedStorage`, but keeps it off until it is asked for (measured in Firefox
 * 153: "granted", not persisted). Chromium exempts them without asking; its service worker cannot ask.
 */
export async function keepStorage({ storage, permissions }: Asked): Promise<void> {
  if (!('persist' in storage)) return;
  const { state } = await permissions.query({ name: 'persistent-storage' });
  // Anything else could put a question before the learner.
  if (state === 'granted' && !(await storage.persisted())) await storage.persist();
}
