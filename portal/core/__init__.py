"""The ground floor: what every page and job stands on. It knows nothing of the domain."""
