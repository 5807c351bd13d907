import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Found } from '#contract/search';
import { stationsOfRole } from '../access/station-of-role.ts';
import { useMe } from '../access/use-me.ts';
import { leadOf } from './lead-to.ts';

/** Which results lead anywhere for this person, and the way there. */
export function useLeads(): { leads: (found: Found) => boolean; follow: (found: Found) => void } {
  const me = useMe();
  const navigate = useNavigate();
  const own = stationsOfRole(me.role);
  const hasMap = own.includes('map');
  const hasDesk = own.includes('desk');
  const leads = useCallback(
    (found: Found) => {
      const lead = leadOf(found);
      if (!lead) return false;
      if (lead.to === 'case') return true;
      return lead.to === 'desk' ? hasDesk : hasMap;
    },
    [hasMap, hasDesk],
  );
  const follow = useCallback(
    (found: Found) => {
      const lead = leadOf(found);
      if (!lead) return;
      if (lead.to === 'case') void navigate({ to: '/cases/$caseId', params: { caseId: lead.caseId } });
      else if (lead.to === 'desk') void navigate({ to: '/desk', search: { q: lead.words } });
      else if (lead.to === 'parts') void navigate({ to: '/map', search: { list: true, ...lead.filter } });
      else void navigate({ to: '/map', search: lead.search });
    },
    [navigate],
  );
  return { leads, follow };
}
