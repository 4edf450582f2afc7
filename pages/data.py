import streamlit as st
from dashboard.ui import notices, resources, state
catalogue = resources.catalogue()
s = state.begin(catalogue, "data", ("catalogue","indicator"))
st.title("Data", anchor=False)
notices.refusals()
st.html('<p><a href="/data?view=indicator&amp;indicator=gdp_current_usd">GDP page</a> <a href="/compare?indicator=gdp_current_usd">Compare</a> <a href="https://x.example" target="_blank" rel="noopener">ext</a> <button data-copy="x">b</button></p>')
st.write(s.view, s.indicator)
if s.view is None: state.settle(s.with_(view="catalogue"))
state.finish()
