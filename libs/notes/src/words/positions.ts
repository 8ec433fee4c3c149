/** Words that make a title by themselves, in the languages that notes are in. */
export const RANKS: readonly string[] = [
  'c(?:eo|to|fo|oo|io|mo|ro|iso|hro|do|so|co|po|lo|xo)', 'co-?ceo', 'cmio', '(?:[sea])?vp', '(?:senior |executive )?vice[- ]president',
  'chief (?:of staff|\\p{L}+(?: \\p{L}+)? officer)', 'managing director', 'general manager', 'director', 'manager', 'mgr', 'dir',
  'supervisor', 'controller', 'comptroller', 'treasurer', 'owner-operator', 'owner', 'co-?owner', '(?:co-?)?founder', 'president',
  'chair(?:man|woman|person)', 'managing partner', 'senior partner', 'founding partner', 'superintendent', 'dean', 'provost', 'bursar',
  'bookkeeper', 'accountant', 'foreman', 'coordinator', 'secretary', 'receptionist', 'administrator', 'admin', 'engineer', 'architect',
  'analyst', 'developer', 'mayor', 'headmaster', 'headteacher', 'head teacher', 'head nurse', 'head chef', 'agronomist',
  'executive director', 'proprietor', 'counsel', 'teacher', 'professor', 'librarian', 'curator', 'pharmacist', 'physician', 'commissioner', 'councillor',
  'clerk', 'warden', 'trustee', 'consultant', 'strategist', 'marketer', 'recruiter', 'producer', 'editor', 'designer', 'programmer', 'inspector', 'auditor',
  'estimator', 'surveyor', 'rector', 'rektor(?:in)?', 'kanzler(?:in)?', 'landrat', 'landrätin', 'bürgermeister(?:in)?', 'amtsleiter(?:in)?', 'kämmerer', 'kämmerin', 'recteur', 'rectora?', 'merchandiser', 'buyer', 'paralegal', 'attorney', 'cpto', 'ctio', 'ceo', 'hrbp', 'managing owner', 'personal assistant', 'executive assistant', 'assistant', 'team ?lead',
  'scrum master', 'planner', 'dispatcher', 'technician', 'scientist', 'geschäftsführer(?:in)?', 'geschäftsleiter(?:in)?',
  'vorstandsvorsitzende[rn]?', 'finanzvorstand', 'inhaber(?:in)?', 'prokurist(?:in|en)?', '(?:[\\p{L}-]+)?leiter(?:in)?',
  '(?:[\\p{L}]+)?chef(?:in)?(?! d)', '[\\p{L}-]+meister(?:in)?', '[\\p{L}-]+manager(?:in)?', 'einkäufer(?:in)?',
  '(?:[\\p{L}-]+)?assistent(?:in)?', 'sekretär(?:in)?', 'sachbearbeiter(?:in)?', 'disponent(?:in)?', '[\\p{L}-]*direktor(?:in)?',
  '(?:[\\p{L}-]+)?referent(?:in)?', '[\\p{L}-]*ingenieur(?:in)?', 'buchhalter(?:in)?', '[\\p{L}]*beauftragte[rn]?',
  '[\\p{L}-]+-verantwortliche[rn]?', '[\\p{L}-]+-admin', 'pdg', 'dga', 'dsi', 'daf', 'drh', 'rssi', 'raf', 'dg', 'directeur', 'directrice',
  'responsable', 'gérante?', 'dirigeante?', 'patronn?e?', 'présidente?', 'fondateur', 'fondatrice', 'acheteu(?:r|se)', 'comptable',
  'ingénieure?', 'propriétaire', 'chargée?', "chef(?:fe)? (?=de |d')", 'maire', 'technicienne?', 'assistante', 'secrétaire',
  'associée?', 'directora', 'subdirectora?', 'gerente', 'jef[ea]', 'dueñ[oa]', 'propietari[oa]', 'encargad[oa]', 'president[ae]',
  'soci[oa]', 'administradora?', 'analista', 'ingenier[oa]', 'coordinadora?', 'compradora?', 'asistente', 'secretari[oa]', 'fundadora?',
  'técnic[oa]', 'alcalde(?:sa)?', 'recepcionista', 'contable', 'empfangsdame', 'rezeptionist(?:in)?',
  'dev', 'intern', 'trainee', 'apprentice', 'minister', 'registrar', 'advis[eo]r',
  'researcher', 'operator', 'mechanic', 'sysadmin', 'webmaster', 'chancellor', 'pastor', 'sheriff', 'broker', 'underwriter', 'caretaker', 'instructor', 'copywriter', 'tester', 'salesperson', 'shopkeeper', 'franchisee',
  'azubi', 'auszubildende[rn]?', 'praktikant(?:in)?', 'werkstudent(?:in)?', '\\p{L}*entwickler(?:in)?', '\\p{L}*berater(?:in)?', '\\p{L}*architekt(?:in)?',
  '\\p{L}*vorsitzende[rn]?', '\\p{L}*gesellschafter(?:in)?', 'eigentümer(?:in)?', 'besitzer(?:in)?', '\\p{L}*verantwortliche[rn]?', '\\p{L}*arzt', '\\p{L}*ärztin',
  '\\p{L}*koordinator(?:in)?', '\\p{L}*einkäufer(?:in)?', '\\p{L}*verwalter(?:in)?', '\\p{L}*techniker(?:in)?', '\\p{L}*informatiker(?:in)?', '\\p{L}*planer(?:in)?',
  '\\p{L}*administrator(?:in)?', 'präsident(?:in)?', 'dekan(?:in)?', 'apotheker(?:in)?', '\\p{L}*controller(?:in)?', '\\p{L}*vorstand(?=s)',
  'stagiaire', 'alternante?', 'apprentie?', 'adjointe?', 'contrôleu(?:r|se)', 'architecte', 'médecin', 'pharmacienne?', 'gestionnaire', 'coordinat(?:eur|rice)',
  'consultante?', 'analyste', 'développeu(?:r|se)', 'informaticienne?', 'administrat(?:eur|rice)', 'proviseure?', 'doyenne?', 'standardiste', 'trésori(?:er|ère)',
  'vice-présidente?', 'dgs', 'dosi', 'animat(?:eur|rice)', 'conduct(?:eur|rice)', 'directeur-adjoint',
  'becari[oa]', 'contadora?', 'tesorer[oa]', 'médic[oa]', 'farmacéutic[oa]', 'abogad[oa]', 'consultora?', 'desarrolladora?', 'programadora?', 'vicepresident[ea]',
  'decan[oa]', 'concejala?', 'arquitect[oa]', 'supervisora', 'delegad[oa]', 'apoderad[oa]', 'practicante', 'auxiliar', 'operari[oa]', 'administrativ[oa]',
];

/** Ranks that are common words, or none alone: only with what they are of. */
export const RANKS_WITH_AREA: readonly string[] = [
  'head', 'lead', 'officer', 'partner', 'principal', 'specialist', 'leitung', 'verantwortliche[rn]?', 'nurse', 'scientist',
  'representative', 'executive', 'chief', 'expert', 'generalist', 'associate', 'agent', 'rep',
];

/** Capital letters only: in small ones they are something else. */
export const RANKS_IN_CAPITALS: readonly string[] = [
  'C[A-Z]{1,2}O', 'HRD', 'FD', 'GF', 'MD', 'GC', 'GM', 'COS', 'EA', 'PA', 'DG', 'Partner', 'Chairwoman', 'GL', 'VL', 'EDV-Leiter',
];

/** How high, before a rank. */
export const GRADES: readonly string[] = [
  'senior', 'sr\\.?', 'junior', 'jr\\.?', 'deputy', 'assistant', 'associate', 'regional', 'global', 'group', 'interim', 'acting',
  'executive', 'general', 'managing', 'national', 'permanent', 'lead', 'principal', 'stellvertretende[rn]?', 'stv\\.?', 'kaufmännische[rn]?',
  'technische[rn]?', 'leitende[rn]?', 'chief', 'corporate', 'divisional', 'vice', 'exec', 'in-house', 'head', 'international', 'country', 'strategische[rn]?', 'operative[rn]?', 'area',
  'district', 'branch', 'site', 'team', 'department', 'associée?', 'revenue', 'founding', 'operating', 'mid-level', 'staff',
];

/** What somebody leads or works in. */
export const AREAS: readonly string[] = [
  'it', 'hr', '[a-z]{1,2}&[a-z]', 'ict', 'bi', 'crm', 'erp', 'qa', 'qm', 'ux', 'ap', 'ar', 'ai', 'ehs', 'pmo', 'sales', 'marketing', 'finance',
  'financial', 'operations?', 'ops', 'engineering', 'product', 'technology', 'tech', 'technical', 'procurement', 'purchasing', 'security',
  'data', 'digital', 'legal', 'supply', 'chain', 'logistics', 'people', 'customer', 'client', 'success', 'support', 'services?',
  'business', 'development', 'dev', 'devops', 'manufacturing', 'production', 'quality', 'facilit(?:y|ies)', 'infrastructure', 'platform',
  'growth', 'revenue', 'revops', 'strategy', 'innovation', 'transformation', 'information', 'systems?', 'plant', 'accounting', 'accounts?',
  'administration', 'communications?', 'research', 'analytics', 'e-?commerce', 'ecom', 'software', 'hardware', 'network', 'cloud', 'web',
  'content', 'brand', 'design', 'creative', 'media', 'event', 'events', 'office', 'project', 'program(?:me)?', 'practice', 'property',
  'properties', 'mgmt', 'management', 'fleet', 'warehouse', 'store', 'shop', 'retail', 'restaurant', 'hotel', 'clinic(?:al)?', 'medical',
  'nursing', 'nurse', 'patient', 'lab', 'laboratory', 'school', 'academic', 'student', 'admissions', 'maintenance', 'safety', 'compliance',
  'risk', 'audit', 'tax', 'treasury', 'payroll', 'talent', 'recruiting', 'training', 'learning', 'human', 'resources', 'field', 'service',
  'commercial', 'category', 'merchandising', 'planning', 'demand', 'transport(?:ation)?', 'distribution', 'shipping', 'site',
  'construction', 'building', 'estates?', 'energy', 'sustainability', 'environmental', 'process', 'automation', 'mechanical', 'electrical',
  'farm', 'kitchen', 'front', 'desk', 'back', 'call', 'center', 'centre', 'contact', 'branch', 'region(?:al)?', 'emea', 'apac', 'dach',
  'europe', 'solutions?', 'architecture', 'applications?', 'database', 'helpdesk', 'member(?:ship)?', 'programs', 'public', 'works',
  'police', 'fire', 'city', 'town', 'game', 'studio', 'portfolio', 'investment', 'credit', 'claims', 'underwriting', 'insurance',
  'actuarial', 'pharmacy', 'veterinary', 'dental', 'export', 'import', 'material', 'materials', 'inventory', 'operating', 'test',
  'testing', 'machine', 'shift', 'line', 'parts', 'sourcing', 'vendor', 'community', 'partnerships?', 'donor', 'board', 'fundraising',
  'housekeeping', 'spa', 'catering', 'food', 'beverage', 'workshop', 'bid', 'contracts?', 'einkauf', 'vertrieb', 'produktion', 'technik',
  'controlling', 'personal', 'finanzen', 'entwicklung', 'logistik', 'lager', 'fertigung', 'instandhaltung', 'buchhaltung',
  'rechnungswesen', 'verwaltung', 'qualität', 'qualitätsmanagement', 'kundenservice', 'kundendienst', 'digitalisierung', 'edv',
  'organisation', 'werk', 'recht', 'informatik', 'konstruktion', 'arbeitsvorbereitung', 'disposition', 'materialwirtschaft', 'haustechnik',
  'pflege', 'fuhrpark', 'achats?', 'informatique', 'ventes', 'financi(?:er|ère)', 'général', 'générale', 'commerciale?', 'technique',
  'logistique', 'projets?', 'chantiers?', 'atelier', 'magasin', 'qualité', 'usine', 'exploitation', 'industrielle?', 'comptable',
  'administrati(?:f|ve)', 'ressources', 'humaines', 'juridique', 'travaux', 'équipe', 'rayon', 'études', 'numérique', 'réseau', 'sécurité',
  'entretien', 'direction', 'ventas', 'compras', 'operaciones', 'sistemas', 'financier[oa]', 'tecnología', 'ti', 'almacén', 'producción',
  'planta', 'logística', 'calidad', 'recursos', 'humanos', 'rrhh', 'informática', 'mantenimiento', 'administración', 'obra', 'obras',
  'taller', 'tienda', 'comercial', 'técnic[oa]', 'finanzas', 'proyectos?', 'flota', 'cocina', 'desarrollo', 'contabilidad', 'datos',
  'dirección', 'rh', 'si', 'sav', 'hse', 'qse', 'adv', 'group', 'user',
  'fraud', 'banking', 'grant', 'eng', 'engr', 'infra', 'integrations?', 'acquisition', 'county', 'enablement', 'experience', 'cx', 'intelligence', 'governance', 'records', 'care', 'health',
  'healthcare', 'campaigns?', 'generation', 'seo', 'partner', 'channel', 'alliances?', 'inside', 'outside', 'enterprise', 'key', 'strategic', 'markets?', 'pricing',
  'workforce', 'workplace', 'benefits', 'compensation', 'employee', 'labou?r', 'relations', 'indirect', 'direct', 'esg', 'water', 'waste', 'grid', 'oil', 'gas',
  'rail', 'airport', 'hospital', 'ward', 'radiology', 'science', 'library', 'museum', 'municipal', 'state', 'federal', 'cyber', 'cybersecurity', 'infosec', 'privacy', 'identity',
  'endpoint', 'mobile', 'frontend', 'backend', 'reliability', 'insights?', 'reporting', 'performance', 'optimi[sz]ation', 'lean', 'continuous',
  'improvement', 'excellence', 'change', 'delivery', 'implementation', 'onboarding', 'renewals', 'retention', 'loyalty', 'collections', 'billing', 'invoicing',
  'receivables?', 'payables?', 'cash', 'funds?', 'asset', 'assets', 'wealth', 'consumer', 'mortgage', 'lending', 'loan', 'dealer', 'franchise', 'outlet', 'floor', 'night',
  'duty', 'guest', 'rooms', 'reservations', 'booking', 'travel', 'ticketing', 'cargo', 'freight', 'dispatch', 'yard', 'depot', 'route', 'driver', 'vehicle', 'tooling',
  'assembly', 'packaging', 'print', 'regulatory', 'affairs', 'trials?', 'digitali[sz]ation', 'digiti[sz]ation', 'modernization', 'corporate', 'internal', 'external', 'global', 'technologies',
  'collaboration', 'knowledge', 'documentation', 'translation', 'locali[sz]ation', 'head', 'decision', 'value', 'returns', 'fulfil+ment', 'order', 'orders',
  'e-?learning', 'curriculum', 'faculty', 'grants?', 'funding', 'tenant', 'leasing', 'lettings', 'housing', 'welfare', 'social', 'youth', 'sports?',
  'marke(?:ting)?', 'kommunikation', 'nachhaltigkeit', 'strategie', 'versand', 'anwendungen?', 'infrastruktur', 'netzwerk', 'prozesse', 'projekte?',
  'formation', 'gestion', 'stratégie', 'relation', 'clients?', 'clientèle', 'approvisionnements?',
  'innovación', 'transformación', 'cliente', 'clientes', 'expansión', 'distribución', 'seguridad', 'infraestructura',
];
