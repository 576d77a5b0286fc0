"""The directory's records: HSDS 3.1 tables, and what trust, beds and safety add to them."""

from leeward.directory.models.base import Record, TrustedRecord, Vetted, Visibility
from leeward.directory.models.beds import (
    BedReply,
    BedRequest,
    CapacityEvent,
    NotChangeable,
    ServiceCapacity,
    Unit,
)
from leeward.directory.models.changes import Change, Counter
from leeward.directory.models.contact import Contact, Language, Phone
from leeward.directory.models.location import (
    Accessibility,
    Address,
    ConfidentialSite,
    Location,
    SiteMark,
)
from leeward.directory.models.organization import (
    Funding,
    Membership,
    Organization,
    OrganizationIdentifier,
    Program,
    Url,
)
from leeward.directory.models.schedule import Schedule
from leeward.directory.models.service import (
    CostOption,
    RequiredDocument,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from leeward.directory.models.source import Alias, DuplicatePair, ImportRun, Missing, Source
from leeward.directory.models.taxonomy import (
    Attribute,
    Metadata,
    MetaTableDescription,
    Taxonomy,
    TaxonomyTerm,
)
from leeward.directory.models.work import Report, Revision

__all__ = [
    "Accessibility",
    "Address",
    "Alias",
    "Attribute",
    "BedReply",
    "BedRequest",
    "CapacityEvent",
    "Change",
    "ConfidentialSite",
    "Contact",
    "CostOption",
    "Counter",
    "DuplicatePair",
    "Funding",
    "ImportRun",
    "Language",
    "Location",
    "Membership",
    "MetaTableDescription",
    "Metadata",
    "Missing",
    "NotChangeable",
    "Organization",
    "OrganizationIdentifier",
    "Phone",
    "Program",
    "Record",
    "Report",
    "RequiredDocument",
    "Revision",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceCapacity",
    "SiteMark",
    "Source",
    "Taxonomy",
    "TaxonomyTerm",
    "TrustedRecord",
    "Unit",
    "Url",
    "Vetted",
    "Visibility",
]
