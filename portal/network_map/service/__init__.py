"""What an owner does with the network map. Everything starts as the owner's alone."""

from portal.network_map.service.contacts import crisis_contacts as crisis_contacts
