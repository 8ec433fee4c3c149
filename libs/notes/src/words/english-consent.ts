/** What somebody gives who has a say. */
export const CONSENT = '(?:approvals?|ok|okay|sign-?off|signature|go-?ahead|green light|blessing|consent|nod|thumbs[- ]up|authori[sz]ation|say-so|yes)';
/** How somebody gives it. */
export const TO_CONSENT = '(?:approve|ok|okay|sign(?:[- ]off)?|authori[sz]e|bless|green-?light|rubber-?stamp|release|clear|ratify|agree|confirm|decide'
  + `|give (?:\\w+ ){0,2}${CONSENT}|say (?:yes|ok)|wave (?:it |this )?through|countersign)`;
export const MUST = '(?:must|has to|have to|had to|needs to|need to|will have to|is to|(?:has|have) (?:yet|still) to|still has to|would have to|\'ll have to)';
/** Between a must and what must be done. */
export const ALSO = '(?:still |also |first |then |both |all |jointly |personally |finally |formally |ultimately )*';
