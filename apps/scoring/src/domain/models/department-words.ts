/**
 * Words of job titles that tell where somebody works, in English, German, French, Spanish and Italian: data that the default model begins
 * with, and a tenant changes in its own. Those that other titles contain as well stand last.
 */
export const DEPARTMENT_WORDS: Readonly<Record<string, readonly string[]>> = {
  hr: [
    'hr', 'human resources', 'people operations', 'recruiting', 'recruiter', 'personal', 'personalwesen', 'personalleiter',
    'personalleiterin', 'ressources humaines', 'rh', 'recursos humanos', 'rrhh', 'risorse umane',
  ],
  procurement: [
    'procurement', 'purchasing', 'buyer', 'einkauf', 'einkäufer', 'einkäuferin', 'einkaufsleiter', 'einkaufsleiterin', 'achats', 'acheteur',
    'acheteuse', 'compras', 'acquisti',
  ],
  it: [
    'it', 'ict', 'cto', 'cio', 'ciso', 'information technology', 'systems', 'infrastructure', 'informatik', 'informatique', 'dsi',
    'informática', 'sistemas', 'sistemi informativi', 'informatica',
  ],
  engineering: [
    'engineering', 'engineer', 'developer', 'development', 'software', 'r d', 'entwicklung', 'entwickler', 'entwicklerin', 'ingenieur',
    'ingenieurin', 'ingénieur', 'ingénieure', 'développeur', 'développeuse', 'ingeniero', 'ingeniera', 'desarrollador', 'desarrolladora',
    'ingegnere', 'sviluppatore', 'sviluppatrice',
  ],
  finance: [
    'finance', 'financial', 'cfo', 'accounting', 'controller', 'controlling', 'treasurer', 'finanzen', 'buchhaltung',
    'kaufmännischer leiter', 'kaufmännische leiterin', 'financier', 'financière', 'comptable', 'finanzas', 'financiero', 'financiera',
    'contabilidad', 'finanziario', 'finanziaria', 'contabilità',
  ],
  marketing: [
    'marketing', 'cmo', 'brand', 'communications', 'communication', 'kommunikation', 'comunicación', 'comunicazione', 'mercadotecnia',
    'demand generation', 'growth',
  ],
  sales: [
    'sales', 'cro', 'business development', 'account executive', 'vertrieb', 'vertriebsleiter', 'vertriebsleiterin', 'verkauf',
    'verkaufsleiter', 'verkaufsleiterin', 'commercial', 'commerciale', 'ventes', 'ventas', 'comercial', 'vendite', 'commerciali',
  ],
  operations: [
    'operations', 'coo', 'logistics', 'supply chain', 'production', 'betrieb', 'betriebsleiter', 'betriebsleiterin', 'produktion',
    'produktionsleiter', 'produktionsleiterin', 'logistik', 'opérations', 'logistique', 'operaciones', 'logística', 'producción',
    'operazioni', 'logistica', 'produzione',
  ],
  legal: [
    'legal', 'counsel', 'compliance', 'recht', 'rechtsabteilung', 'jurist', 'juristin', 'justiziar', 'juridique', 'juriste', 'jurídico',
    'jurídica', 'legale', 'giuridico',
  ],
  management: [
    'ceo', 'founder', 'owner', 'managing director', 'geschäftsführer', 'geschäftsführerin', 'inhaber', 'inhaberin', 'vorstand', 'pdg',
    'directeur général', 'directrice générale', 'fondateur', 'fondatrice', 'director general', 'directora general', 'fundador', 'fundadora',
    'amministratore delegato', 'fondatore',
  ],
};
