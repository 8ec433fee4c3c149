/** Levels in the order in which a title is read; one may stand twice. */
interface LevelWords { readonly level: string; readonly words: readonly string[] }

/**
 * Words of job titles that tell how senior somebody is, in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish, women's
 * and men's: data that the default model begins with, and a tenant changes in its own. Behind a `*` stands what other words end in. Words
 * that mean too many things are left out (`partner`, `chef` by itself).
 */
export const SENIORITY_WORDS: readonly LevelWords[] = [
  // Whose deputy somebody is; an assistant to somebody is read below.
  { level: 'vp', words: ['assistant vice president', 'associate vice president', 'deputy vice president'] },
  { level: 'director', words: ['assistant director', 'associate director', 'deputy director'] },
  { level: 'manager', words: ['assistant manager', 'assistant general manager', 'assistant head', 'deputy manager', 'deputy head'] },
  {
    // Before the levels whose words these titles contain.
    level: 'staff',
    words: [
      'assistant', '*assistent', '*assistentin', '*assistente', '*assistenz', 'assistante', 'asistente', 'asystent', 'asystentka',
      '*sekretariat', '*sekretär', '*sekretärin', 'secrétaire de', 'secretaria de', 'segretaria di',
      'executive secretary', 'secretary to',
      'product owner', 'process owner',
      'intern', 'trainee', 'apprentice', '*praktikant', '*praktikantin', '*werkstudent', '*werkstudentin', 'azubi', 'auszubildende', 'auszubildender',
      'volontär', 'volontärin', 'stagiaire', 'alternant', 'alternante', 'apprenti', 'apprentie', 'becario', 'becaria', 'tirocinante', 'stagista',
      'apprendista', 'estagiário', 'estagiária', 'stagiair', 'stażysta', 'stażystka', 'praktykant', 'praktykantka',
    ],
  },
  { level: 'specialist', words: ['referent', 'referentin'] },
  {
    level: 'c_level',
    words: [
      'ceo', 'cto', 'cfo', 'coo', 'cio', 'cmo', 'cro', 'cpo', 'cdo', 'ciso', 'chief', 'founder', 'cofounder', 'owner', 'proprietor',
      'managing director', 'managing partner', 'secretary general', 'general secretary',
      '*geschäftsführer', '*geschäftsführerin', 'geschäftsführung', 'geschäftsführend', 'geschäftsführende', 'geschäftsführender', 'geschäftsleiter',
      'geschäftsleiterin', 'geschäftsleitung', '*gründer', '*gründerin', '*inhaber', '*inhaberin', '*vorstand', 'vorständin', 'vorstandsvorsitzender',
      'vorstandsvorsitzende', 'vorstandsmitglied',
      'pdg', 'directeur général', 'directrice générale', 'fondateur', 'fondatrice', 'cofondateur', 'cofondatrice', 'gérant', 'gérante', 'propriétaire',
      'director general', 'directora general', 'director ejecutivo', 'directora ejecutiva', 'gerente general', 'consejero delegado',
      'consejera delegada', 'fundador', 'fundadora', 'cofundador', 'cofundadora', 'propietario', 'propietaria',
      'amministratore delegato', 'amministratrice delegata', 'amministratore unico', 'amministratrice unica', 'direttore generale',
      'direttrice generale', 'fondatore', 'cofondatore', 'titolare', 'imprenditore', 'imprenditrice',
      'diretor geral', 'diretora geral', 'diretor executivo', 'diretora executiva', 'sócio gerente', 'sócia gerente', 'proprietário', 'proprietária',
      'algemeen directeur', 'dga', 'eigenaar', 'eigenares', '*oprichter', '*oprichtster', 'bestuursvoorzitter',
      'prezes', '*właściciel', '*właścicielka', '*założyciel', '*założycielka', 'członek zarządu', 'dyrektor generalny', 'dyrektor zarządzający',
    ],
  },
  {
    level: 'vp',
    words: [
      'vp', 'svp', 'evp', 'avp', 'vice president', 'vicepresident', 'vizepräsident', 'vizepräsidentin', 'vice président', 'vice présidente',
      'vicepresidente', 'vice presidente', 'vicepresidenta', 'vice presidenta', 'wiceprezes',
    ],
  },
  { level: 'c_level', words: ['president', 'präsident', 'präsidentin', 'président', 'présidente', 'presidente', 'presidenta'] },
  {
    level: 'director',
    words: [
      'director', '*direktor', '*direktorin', '*directeur', 'directrice', 'directora', 'subdirector', 'subdirectora', 'direttore', 'direttrice',
      'vicedirettore', 'vicedirettrice', 'diretor', 'diretora', '*dyrektor', '*dyrektorka',
    ],
  },
  // Who accompanies, trains or works on conductors leads nobody, though the words end so.
  { level: 'specialist', words: ['*halbleiter', '*begleiter', '*begleiterin', '*begleitung', '*ableiter', 'ausleitung', '*begeleider', '*begeleidster', '*opleider'] },
  {
    level: 'manager',
    words: [
      '*manager', '*managerin', 'head', 'leader', '*leiter', '*leiterin', '*leitung', 'chef de', 'chef des', 'chef d', 'cheffe de', 'cheffe des', 'cheffe d',
      'responsable', 'gerente', 'jefe', 'jefa', 'encargado', 'encargada', 'responsabile', 'chefe', '*leider', '*leidster', '*hoofd', 'kierownik',
      'kierowniczka', 'menedżer', 'menedżerka',
    ],
  },
  { level: 'specialist', words: ['lead generation', 'lead gen', 'lead management', 'lead qualification', 'company secretary', 'corporate secretary'] },
  { level: 'manager', words: ['lead'] },
  { level: 'staff', words: ['secretary', 'student', 'studentin', 'étudiant', 'étudiante', 'estudiante', 'studente', 'studentessa', 'estudante', 'studentka'] },
];
