/** By what a campaign is found: its code and each alias, whatever their capitals, blanks and forms of letters. */
export const campaignKey = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
