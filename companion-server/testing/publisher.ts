import type { Handle, Sha256 } from '../../shared/model/brands.ts';
import { base64UrlOf, sha256Of, utf8 } from '../../shared/model/bytes.ts';
import { didOfIdentity } from '../../shared/publish/identity-did.ts';
import { type Manifest, type ManifestItem, signManifest } from '../../shared/publish/manifest.ts';
import { clock, jsonBody, Learner, type Reply, random, type Target } from './learner.ts';

/** A learner with a handle, who publishes as the contract says. */
export class Publisher {
  readonly learner: Learner;
  readonly handle: Handle;
  standing: { seq: number; h: Sha256 } | undefined;

  private constructor(learner: Learner, handle: Handle) {
    this.learner = learner;
    this.handle = handle;
  }

  static async create(
    target: Target,
    handle = `h${base64UrlOf(random(12))
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '0')}`,
  ) {
    const learner = await Learner.create(target);
    const publisher = new Publisher(learner, handle as Handle);
    const reply = await publisher.claim(handle);
    if (reply.status !== 201) throw new Error(`no handle: ${reply.body.toString()}`);
    return publisher;
  }

  /** `move`: the handle from before leads to this one. */
  claim(handle: string, move?: true): Promise<Reply> {
    return this.learner.call(this.learner.account, {
      method: 'PUT',
      path: '/v1/handle',
      body: jsonBody({ handle, ...(move === undefined ? {} : { move }) }),
    });
  }

  async lay(bytes: Uint8Array): Promise<{ hash: Sha256; reply: Reply }> {
    const hash = await sha256Of(bytes);
    const path = `/v1/published/docs/${hash}`;
    return {
      hash,
      reply: await this.learner.call(this.learner.device, { method: 'PUT', path, body: bytes }),
    };
  }

  async manifest(items: readonly ManifestItem[], change: Partial<Manifest> = {}): Promise<string> {
    const manifest: Manifest = {
      v: 1,
      sub: didOfIdentity(this.learner.identity.key),
      handle: this.handle,
      seq: (this.standing?.seq ?? 0) + 1,
      prev: this.standing?.h ?? null,
      at: clock(),
      consent: 'publish-1',
      mark: base64UrlOf(random(32)) as Sha256,
      name: 'Mia Lerner',
      collections: [{ slug: 'all', title: 'My badges', listed: true, items: [...items] }],
      ...change,
    };
    return signManifest(manifest, this.learner.identity);
  }

  put(token: string, ifMatch = `"${this.standing?.seq ?? 0}"`, slug = 'main'): Promise<Reply> {
    return this.learner.call(this.learner.device, {
      method: 'PUT',
      path: `/v1/published/manifests/${slug}`,
      body: utf8(token),
      headers: { 'if-match': ifMatch },
    });
  }

  /** Publishes and moves on where it was taken. */
  async publish(items: readonly ManifestItem[], change: Partial<Manifest> = {}): Promise<Reply> {
    const token = await this.manifest(items, change);
    const reply = await this.put(token);
    if (reply.status < 300)
      this.standing = { seq: (this.standing?.seq ?? 0) + 1, h: await sha256Of(utf8(token)) };
    return reply;
  }

  /** The manifest of one unlisted collection; the first of its name, unless `change` says otherwise. */
  unlisted(secret: string, items: readonly ManifestItem[], change: Partial<Manifest> = {}): Promise<string> {
    const collection = { slug: secret, title: 'For whom I ask', listed: false as const, items: [...items] };
    return this.manifest(items, { seq: 1, prev: null, collections: [collection], ...change });
  }

  unpublish(ifMatch = `"${this.standing?.seq ?? 0}"`, slug = 'main'): Promise<Reply> {
    return this.learner.call(this.learner.device, {
      method: 'DELETE',
      path: `/v1/published/manifests/${slug}`,
      headers: { 'if-match': ifMatch },
    });
  }
}
