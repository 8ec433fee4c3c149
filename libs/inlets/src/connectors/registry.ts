import { activecampaignHandoff } from './activecampaign-handoff';
import { calendly } from './calendly';
import type { Connector } from './connector';
import { generic } from './generic';
import { googleAds } from './google-ads';
import { hubspot } from './hubspot';
import { hubspotHandoff } from './hubspot-handoff';
import { inboundCall } from './inbound-call';
import { inboundEmail } from './inbound-email';
import { intercom } from './intercom';
import { linkedinLeadGen } from './linkedin-lead-gen';
import { mailchimp } from './mailchimp';
import { marketoHandoff } from './marketo-handoff';
import { metaLeadAds } from './meta-lead-ads';
import { twilio } from './twilio';
import { typeform } from './typeform';

/** Every kind of connector there is. */
export const CONNECTORS: readonly Connector[] = [
  generic, hubspot, metaLeadAds, googleAds, linkedinLeadGen, typeform, calendly, intercom, mailchimp,
  inboundEmail, inboundCall, twilio,
  hubspotHandoff, marketoHandoff, activecampaignHandoff,
];

const BY_NAME = new Map(CONNECTORS.map((connector) => [connector.name, connector]));

export const connectorNamed = (name: string): Connector | undefined => BY_NAME.get(name);
