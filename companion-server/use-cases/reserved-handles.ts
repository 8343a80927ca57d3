import type { Handle } from '../../shared/model/brands.ts';

/** True for a handle that nobody may take: names of this service, of offices that strangers would trust, of paths. */
export function isReservedHandle(handle: Handle): boolean {
  return reserved.has(handle.replaceAll('-', ''));
}

const reserved: ReadonlySet<string> = new Set(
  `about abuse account accounts admin administrator administration api app apps assets auth authorize award awards
  backpack backpacks badge badges billing blog bot check checks claim claims collection collections companion con
  confirm contact copyright dashboard data delete demo dev developer developers device devices docs document documents
  download downloads edit email embed error errors example explore export extension faq favicon feed feedback handle
  healthz help home host hostmaster html http https imprint inbox index info invite issuer issuers jobs json jws jwks
  legal link login logout lost mail mailbox main manifest me media meta mozilla news nil nobody noreply notfound null
  oauth oembed official openbadges operator password pay payment postmaster press privacy profile profiles public
  publish readyz recover recovery register registration report reports robots root rss safety school search security
  server settings shop show signin signup site sitemap staff start static status store support system takedown teacher
  team terms test tos undefined unlock unpublish update updates upload user username users verified verify webmaster
  wellknown wiki www you aux prn nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1
  lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
