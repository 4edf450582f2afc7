"""Collected series brought up to date from the services that publish them. No Streamlit."""

from dashboard.refresh.series import Change, Inputs, InputsError, Update
from dashboard.refresh.worldbank import ServiceError, WorldBank

__all__ = ["Change", "Inputs", "InputsError", "ServiceError", "Update", "WorldBank"]
