import { MappingsStore } from '../store/mappings.store';
import { KeepMapping } from './keep-mapping';
import { KnownMappings } from './known-mappings';
import { MappingController } from './mapping.controller';

/** What becomes of a lead's fields. */
export const MAPPING = { controllers: [MappingController], providers: [KeepMapping, KnownMappings, MappingsStore] };
