import { Injectable } from '@nestjs/common';
import {
  ConversionMapping, DomainError,
  type ConversionMappingView, type GetConversionMapping, type PutConversionMapping, type QuestionOf, type RestoreConversionMapping,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { compileValidator, Database } from '@headwater/platform';
import { actorName } from '../domain/actor-name';
import { checkMapping } from '../domain/mapping/check-mapping';
import { DEFAULT_MAPPING } from '../domain/mapping/default-mapping';
import { MappingsStore } from '../store/mappings.store';

const FIRST: ConversionMappingView = { version: 0, mapping: DEFAULT_MAPPING, restored_from: null, created_by: null, created_at: null };
const shapeOf = compileValidator(ConversionMapping, { closed: true });

/** What a tenant's leads give to the records that they become. */
@Injectable()
export class KeepMapping {
  constructor(private readonly database: Database, private readonly mappings: MappingsStore) {}

  /** @param version of a former one; 0 of the one that every tenant begins with. @throws DomainError not_found */
  async get({ context, version }: QuestionOf<typeof GetConversionMapping>): Promise<ConversionMappingView> {
    const stored = version === 0 ? null : await this.mappings.find(this.database, context.tenant.id, version);
    if (!stored && version) throw DomainError.notFound('Mapping');
    return stored ?? FIRST;
  }

  /** Writes the document as the next version, which counts from the next conversion on. @throws DomainError `invalid` with every problem in it */
  put({ context, mapping }: QuestionOf<typeof PutConversionMapping>): Promise<ConversionMappingView> {
    const checked = shapeOf(mapping);
    const errors = checkMapping(checked);
    if (errors.length > 0) throw DomainError.invalid(errors);
    return this.add(context, checked, null);
  }

  /** Writes a former version once more, as the next one: no conversion loses the version that it went by. @throws DomainError not_found */
  async restore({ context, version }: QuestionOf<typeof RestoreConversionMapping>): Promise<ConversionMappingView> {
    const { mapping } = await this.get({ context, version });
    return this.add(context, mapping, version);
  }

  private add(context: QuestionOf<typeof PutConversionMapping>['context'], mapping: ConversionMapping, restoredFrom: number | null): Promise<ConversionMappingView> {
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context),
      (tx) => this.mappings.add(tx, tenant, mapping, { by: actorName(context.actor), restoredFrom }));
  }
}
